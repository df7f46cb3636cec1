// SPDX-License-Identifier: Apache-2.0
/**
 * The two state machines: bytes in, events out; commands or responses in, bytes out.
 *
 * <p>Begin with {@link org.hgwire.core.reactor.ServerReactor} and {@link
 * org.hgwire.core.reactor.ClientReactor}, each with a theory of operation, and their events. {@link
 * org.hgwire.core.reactor.ResponseDecoder} decodes the bytes of one response into objects.
 *
 * <p>Internally, input goes through {@code IncomingFrames} (steps), {@code IncomingStream}
 * (encodings) and a {@code FrameHandler}: {@code ServerInput} with {@code ServerRequests}, or
 * {@code ClientInput} with {@code ClientRequests}. Output goes through an {@code OutgoingStream}.
 * Four tables, each in the Javadoc of its class, list what is allowed in which phase: {@code
 * IncomingStream}, {@code ExchangePhase}, {@code RequestPhase}, {@code ClientRequests}.
 */
@NullMarked
package org.hgwire.core.reactor;

import org.jspecify.annotations.NullMarked;
