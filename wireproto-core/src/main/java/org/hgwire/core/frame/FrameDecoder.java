// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes, fed in pieces of any size, into frames.
 *
 * <p>A payload that lies whole in the input is a slice of it; only a frame that the input cuts in
 * two is copied, and the copy grows with what was received, not with what the header promises. What
 * types and flags mean is not judged here. Not safe for use by several threads.
 */
public final class FrameDecoder {
  private static final byte[] NO_BYTES = new byte[0];
  private static final int FIRST_PIECE = 1024;

  private final int maxPayload;
  private final ByteBuffer cutHeader = ByteBuffer.allocate(FrameHeader.BYTES);

  private ByteBuffer input = ByteBuffer.wrap(NO_BYTES);
  private long fed;
  private boolean ended;
  private @Nullable WireProtocolException failure;

  /** The header of the frame whose payload is not complete. */
  private @Nullable FrameHeader header;

  private byte[] cutPayload = NO_BYTES;
  private int cutLength;

  /** Makes a decoder that holds its input to {@code limits}. */
  public FrameDecoder(WireLimits limits) {
    maxPayload = limits.intOf(WireLimit.MAX_FRAME_PAYLOAD);
  }

  /**
   * Gives the decoder its next input. The buffer's position does not change; its bytes are read by
   * {@link #poll} and must not change until that has returned null.
   *
   * @throws IllegalStateException if input is left, or the decoder has failed or was ended
   */
  public void feed(ByteBuffer input) {
    if (failure != null) {
      throw new IllegalStateException("the decoder has failed", failure);
    }
    if (ended) {
      throw new IllegalStateException("the input was ended");
    }
    if (this.input.hasRemaining()) {
      throw new IllegalStateException("input is left: poll until null first");
    }
    this.input = input.asReadOnlyBuffer();
    fed += input.remaining();
  }

  /**
   * Returns the next frame, or null when the input is used up. The payload is valid until the
   * decoder is called again.
   *
   * @throws WireProtocolException with code LIMIT if the header declares more than {@link
   *     WireLimit#MAX_FRAME_PAYLOAD}; every later call throws the same
   */
  public @Nullable Frame poll() {
    if (failure != null) {
      throw failure;
    }
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
        throw fail(
            WireErrorCode.LIMIT,
            "the frame header before byte "
                + read()
                + " declares "
                + current.payloadLength()
                + " bytes of payload; at most "
                + maxPayload
                + " are taken");
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

  /**
   * Says that no input follows.
   *
   * @throws WireProtocolException with code TRUNCATED if a frame is incomplete; every later call
   *     throws the same
   * @throws IllegalStateException if input is left that {@link #poll} has not read
   */
  public void endOfInput() {
    if (failure != null) {
      throw failure;
    }
    if (input.hasRemaining()) {
      throw new IllegalStateException("input is left: poll until null first");
    }
    ended = true;
    if (cutHeader.position() > 0) {
      throw fail(
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
      throw fail(
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

  private WireProtocolException fail(WireErrorCode code, String message) {
    WireProtocolException fault = WireProtocolException.connection(code, message);
    failure = fault;
    input = ByteBuffer.wrap(NO_BYTES);
    cutPayload = NO_BYTES;
    return fault;
  }
}
