// SPDX-License-Identifier: Apache-2.0
/**
 * Frames ({@code hg help internals.wireprotocolrpc}, Frames): header, types, flags, decoder,
 * encoder, and the text notation.
 */
@NullMarked
package org.hgwire.core.frame;

import org.jspecify.annotations.NullMarked;
