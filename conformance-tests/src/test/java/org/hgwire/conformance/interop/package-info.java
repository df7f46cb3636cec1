// SPDX-License-Identifier: Apache-2.0
/** A real Mercurial 5.6.1 on the other side, in both directions. */
@NullMarked
package org.hgwire.conformance.interop;

import org.jspecify.annotations.NullMarked;
