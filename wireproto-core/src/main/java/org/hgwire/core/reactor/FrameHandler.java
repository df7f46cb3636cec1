// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * What one role makes of the frames that {@link IncomingFrames} reads. A {@link
 * WireProtocolException} out of any method ends the exchange.
 *
 * @param <E> its events
 */
interface FrameHandler<E> {
  /** Checks a frame, whose stream is sound, before its payload is read. */
  void frameStarted(FrameHeader header, FrameType type, IncomingStream stream);

  /**
   * Takes a piece of the payload of a frame, content encoding removed; a frame may have none, or
   * several.
   *
   * @return the event it is, or null
   */
  @Nullable E payloadRead(FrameHeader header, FrameType type, ByteBuffer piece);

  /** Takes the end of a frame. */
  void frameEnded(FrameHeader header, FrameType type);

  /** Takes note that an encoded frame of {@code stream} cannot be decoded: see its fault. */
  void streamFailed(IncomingStream stream, WireProtocolException fault);

  /** Takes note that the input ended between two frames. */
  void inputEnded();

  /** Takes note that the input failed: nothing follows. */
  void inputFailed(WireProtocolException fault);

  /** Returns the next event that was found besides those of payloads, or null. */
  @Nullable E pollEvent();
}
