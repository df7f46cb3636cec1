// SPDX-License-Identifier: Apache-2.0
/** Values and rules that every part of the protocol shares: bytes, limits, errors. */
@NullMarked
package org.hgwire.core;

import org.jspecify.annotations.NullMarked;
