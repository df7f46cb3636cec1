// SPDX-License-Identifier: Apache-2.0
/** Conformance of servers and clients to wire protocol v2. */
@NullMarked
package org.hgwire.conformance;

import org.jspecify.annotations.NullMarked;
