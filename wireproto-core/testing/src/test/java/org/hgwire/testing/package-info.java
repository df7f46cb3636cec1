// SPDX-License-Identifier: Apache-2.0
/** The generators make what they say. */
@NullMarked
package org.hgwire.testing;

import org.jspecify.annotations.NullMarked;
