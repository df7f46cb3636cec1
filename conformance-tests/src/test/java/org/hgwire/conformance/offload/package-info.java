// SPDX-License-Identifier: Apache-2.0
/** Whole pulls by our client from our server that redirects, to hosts of content that fail. */
@NullMarked
package org.hgwire.conformance.offload;

import org.jspecify.annotations.NullMarked;
