// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes, fed in pieces of any size, into frames.
 *
 * <p>A payload that lies in one piece of the input is a slice of it. Only a frame that spans pieces
 * is copied, and the copy grows with what was received, not with what the header declares. A header
 * that declares more than {@link WireLimit#MAX_FRAME_PAYLOAD} is a fault with code LIMIT and the
 * scope of the connection. Frame types and flags are not checked here.
 */
public final class FrameDecoder extends IncrementalDecoder<Frame> {
  private static final byte[] NO_BYTES = new byte[0];
  private static final int FIRST_PIECE = 1024;

  private final int maxPayload;
  private final ByteBuffer cutHeader = ByteBuffer.allocate(FrameHeader.BYTES);

  private ByteBuffer input = ByteBuffer.wrap(NO_BYTES);
  private long fed;

  /** The header of the frame whose payload is not complete. */
  private @Nullable FrameHeader header;

  private byte[] cutPayload = NO_BYTES;
  private int cutLength;

  /** Makes a decoder that enforces {@code limits}. */
  public FrameDecoder(WireLimits limits) {
    maxPayload = limits.intOf(WireLimit.MAX_FRAME_PAYLOAD);
  }

  @Override
  protected void accept(ByteBuffer input) {
    this.input = input.asReadOnlyBuffer();
    fed += input.remaining();
  }

  @Override
  protected boolean hasInput() {
    return input.hasRemaining();
  }

  @Override
  protected @Nullable Frame next() {
    FrameHeader current = header;
    if (current == null) {
      current = pollHeader();
      if (current == null) {
        cutPayload = NO_BYTES;
        return null;
      }
      // "Values larger than 65535 MUST NOT be used unless given permission by the server"
      // (wireprotocolrpc, Frames).
      if (current.payloadLength() > maxPayload) {
        throw WireProtocolException.connection(
            WireErrorCode.LIMIT,
            "the frame header before byte "
                + read()
                + " declares "
                + current.payloadLength()
                + " bytes of payload; at most "
                + maxPayload
                + " are allowed");
      }
      header = current;
    }
    ByteBuffer payload = pollPayload(current.payloadLength());
    if (payload == null) {
      return null;
    }
    header = null;
    return new Frame(current, payload);
  }

  /** Returns how many bytes are allocated for the frame that spans pieces of the input. */
  public int heldBytes() {
    return cutPayload.length;
  }

  private @Nullable FrameHeader pollHeader() {
    if (cutHeader.position() == 0 && input.remaining() >= FrameHeader.BYTES) {
      return FrameHeader.read(input);
    }
    while (input.hasRemaining() && cutHeader.hasRemaining()) {
      cutHeader.put(input.get());
    }
    if (cutHeader.hasRemaining()) {
      return null;
    }
    FrameHeader complete = FrameHeader.read(cutHeader.flip());
    cutHeader.clear();
    return complete;
  }

  private @Nullable ByteBuffer pollPayload(int length) {
    if (cutLength == 0 && input.remaining() >= length) {
      ByteBuffer payload = input.slice(input.position(), length);
      input.position(input.position() + length);
      return payload;
    }
    int taken = Math.min(input.remaining(), length - cutLength);
    int needed = cutLength + taken;
    if (needed > cutPayload.length) {
      int grown = Math.max(needed, Math.max(FIRST_PIECE, 2 * cutPayload.length));
      cutPayload = Arrays.copyOf(cutPayload, Math.min(grown, length));
    }
    input.get(cutPayload, cutLength, taken);
    cutLength = needed;
    if (cutLength < length) {
      return null;
    }
    cutLength = 0;
    return ByteBuffer.wrap(cutPayload, 0, length);
  }

  @Override
  protected void finish() {
    if (cutHeader.position() > 0) {
      throw WireProtocolException.connection(
          WireErrorCode.TRUNCATED,
          "the input ended at byte "
              + fed
              + ", after "
              + cutHeader.position()
              + " of the "
              + FrameHeader.BYTES
              + " bytes of a frame header");
    }
    FrameHeader current = header;
    if (current != null) {
      throw WireProtocolException.connection(
          WireErrorCode.TRUNCATED,
          "the input ended at byte "
              + fed
              + ", after "
              + cutLength
              + " of the "
              + current.payloadLength()
              + " bytes of a frame's payload");
    }
  }

  private long read() {
    return fed - input.remaining();
  }

  @Override
  protected void discardInput() {
    input = ByteBuffer.wrap(NO_BYTES);
    cutPayload = NO_BYTES;
  }
}
