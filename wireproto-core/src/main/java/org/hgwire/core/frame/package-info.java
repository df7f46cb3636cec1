// SPDX-License-Identifier: Apache-2.0
/**
 * Frames ({@code hg help internals.wireprotocolrpc}, Frames).
 *
 * <p>Begin with {@link org.hgwire.core.frame.Frame} and its {@link
 * org.hgwire.core.frame.FrameHeader}, then {@link org.hgwire.core.frame.FrameType}, which has the
 * flags of each type, and {@link org.hgwire.core.frame.StreamFlags}. {@link
 * org.hgwire.core.frame.FrameDecoder} cuts frames out of input in any pieces. {@link
 * org.hgwire.core.frame.FrameNotation} is frames as text, with payloads as {@code PythonLiteral}s.
 */
@NullMarked
package org.hgwire.core.frame;

import org.jspecify.annotations.NullMarked;
