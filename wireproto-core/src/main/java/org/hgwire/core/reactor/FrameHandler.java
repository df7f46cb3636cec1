// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * Processes, for one role, the frames that {@link IncomingFrames} reads. A {@link
 * WireProtocolException} from any method ends the exchange.
 *
 * @param <E> the events of the role
 */
interface FrameHandler<E> {
  /** Checks a frame, whose stream was checked before, before its payload is read. */
  void frameStarted(FrameHeader header, FrameType type, IncomingStream stream);

  /**
   * Processes a piece of the payload of a frame, without content encoding; a frame may have none or
   * several.
   *
   * @return its event, or null
   */
  @Nullable E payloadRead(FrameHeader header, FrameType type, ByteBuffer piece);

  /** Processes the end of a frame. */
  void frameEnded(FrameHeader header, FrameType type);

  /** Reacts to an encoded frame of {@code stream} that cannot be decoded. */
  void streamFailed(IncomingStream stream, WireProtocolException fault);

  /** Reacts to the end of the input between two frames. */
  void inputEnded();

  /** Reacts to a fault of the input: nothing follows. */
  void inputFailed(WireProtocolException fault);

  /** Returns the next event, apart from those of payloads, or null. */
  @Nullable E pollEvent();
}
