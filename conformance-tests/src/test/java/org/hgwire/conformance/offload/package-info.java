// SPDX-License-Identifier: Apache-2.0
/** Whole pulls by our client from our server, redirected to content hosts that fail. */
@NullMarked
package org.hgwire.conformance.offload;

import org.jspecify.annotations.NullMarked;
