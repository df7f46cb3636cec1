// SPDX-License-Identifier: Apache-2.0
/**
 * Frames ({@code hg help internals.wireprotocolrpc}, Frames).
 *
 * <p>Begin with {@link org.hgwire.core.frame.Frame} and its {@link
 * org.hgwire.core.frame.FrameHeader}, then {@link org.hgwire.core.frame.FrameType}, which has the
 * flags of each type, and {@link org.hgwire.core.frame.StreamFlags}. {@link
 * org.hgwire.core.frame.FrameDecoder} splits input in any pieces into frames, or parts of them;
 * {@link org.hgwire.core.frame.FrameAssembler} makes whole frames of those. {@link
 * org.hgwire.core.frame.FrameNotation} prints and reads frames as text, with payloads as {@code
 * PythonLiteral}s.
 */
@NullMarked
package org.hgwire.core.frame;

import org.jspecify.annotations.NullMarked;
