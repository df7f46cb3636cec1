// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes, fed in pieces of any size, into frames.
 *
 * <p>Nothing is copied and only a part of a header is held: a frame whose payload lies in one piece
 * of the input is returned whole, and of another each part as it arrives. Where the input is cut
 * decides into which pieces a frame is cut, and nothing else; {@link FrameAssembler} makes whole
 * frames. A header that declares more than {@link WireLimit#MAX_FRAME_PAYLOAD} is a fault with code
 * LIMIT and the scope of the connection. Frame types and flags are not checked here.
 */
public final class FrameDecoder extends IncrementalDecoder<FramePiece> {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final int maxPayload;
  private final ByteBuffer cutHeader = ByteBuffer.allocate(FrameHeader.BYTES);

  private ByteBuffer input = NOTHING;
  private long fed;

  /** The header of the frame whose payload is not complete. */
  private @Nullable FrameHeader header;

  /** How much of its payload was returned. */
  private int returned;

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
  protected @Nullable FramePiece next() {
    FrameHeader current = header;
    if (current == null) {
      current = pollHeader();
      if (current == null) {
        return null;
      }
      requireAllowed(current);
      returned = 0;
    }
    int offset = returned;
    int left = current.payloadLength() - offset;
    int count = Math.min(left, input.remaining());
    header = count == left ? null : current;
    if (count == 0 && left > 0) {
      return null;
    }
    returned = offset + count;
    int start = input.position();
    ByteBuffer payload = input.slice(start, count);
    input.position(start + count);
    return new FramePiece(current, offset, payload);
  }

  private void requireAllowed(FrameHeader header) {
    // "Values larger than 65535 MUST NOT be used unless given permission by the server"
    // (wireprotocolrpc, Frames).
    if (header.payloadLength() > maxPayload) {
      throw WireProtocolException.connection(
          WireErrorCode.LIMIT,
          "the frame header before byte "
              + (fed - input.remaining())
              + " declares "
              + header.payloadLength()
              + " bytes of payload; at most "
              + maxPayload
              + " are allowed");
    }
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
              + returned
              + " of the "
              + current.payloadLength()
              + " bytes of a frame's payload");
    }
  }

  @Override
  protected void discardInput() {
    input = NOTHING;
  }
}
