// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;

/**
 * A frame. Equality is by content.
 *
 * @param header the header
 * @param payload the payload as it is on the wire: read-only, with the length in the header
 */
public record Frame(FrameHeader header, ByteBuffer payload) {
  /** Checks the length and makes the payload read-only; no copy is made. */
  public Frame {
    if (payload.remaining() != header.payloadLength()) {
      throw new IllegalArgumentException(
          "the header declares "
              + header.payloadLength()
              + " bytes of payload, but there are "
              + payload.remaining());
    }
    payload = payload.asReadOnlyBuffer();
  }

  /** Returns a new view of the payload: read-only, with its own position. */
  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }

  /** Returns a frame with a header for {@code payload}. */
  public static Frame of(
      int requestId, int streamId, int streamFlags, FrameType type, int flags, ByteBuffer payload) {
    return new Frame(
        new FrameHeader(payload.remaining(), requestId, streamId, streamFlags, type.code(), flags),
        payload);
  }

  /** Returns the encoded frame in a new buffer, ready to be read. */
  public ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + payload.remaining());
    header.write(bytes);
    bytes.put(payload());
    return bytes.flip();
  }
}
