// SPDX-License-Identifier: Apache-2.0
/** Where Mercurial's own implementation is wrong: one named case a fault, with what is right. */
@NullMarked
package org.hgwire.conformance.reference;

import org.jspecify.annotations.NullMarked;
