// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole frames of the pieces that a {@link FrameDecoder} returns; the caller feeds the
 * decoder. Only a frame that came in several pieces is copied, and the copy grows with what was
 * received, not with what the header declares.
 *
 * <p>Not safe for use by several threads.
 */
public final class FrameAssembler {
  private static final int FIRST_SIZE = 1024;

  private final FrameDecoder decoder;
  private byte[] received = {};

  /** Makes an assembler of the frames of {@code decoder}. */
  public FrameAssembler(FrameDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Returns the next frame, or null when the input of the decoder is used up. Its payload is valid
   * until the decoder or this method is called again.
   *
   * @throws org.hgwire.core.WireProtocolException as {@link FrameDecoder#poll} does
   */
  public @Nullable Frame poll() {
    for (FramePiece piece = decoder.poll(); piece != null; piece = decoder.poll()) {
      Frame frame = add(piece);
      if (frame != null) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable Frame add(FramePiece piece) {
    if (piece.isFirst() && piece.isLast()) {
      return new Frame(piece.header(), piece.payload());
    }
    int length = piece.header().payloadLength();
    int end = piece.offset() + piece.payload().remaining();
    if (end > received.length) {
      int grown = Math.max(end, Math.max(FIRST_SIZE, 2 * received.length));
      received = Arrays.copyOf(received, Math.min(grown, length));
    }
    piece.payload().get(piece.payload().position(), received, piece.offset(), end - piece.offset());
    return piece.isLast() ? finish(piece.header()) : null;
  }

  private Frame finish(FrameHeader header) {
    ByteBuffer payload = ByteBuffer.wrap(received, 0, header.payloadLength());
    received = new byte[0];
    return new Frame(header, payload);
  }
}
