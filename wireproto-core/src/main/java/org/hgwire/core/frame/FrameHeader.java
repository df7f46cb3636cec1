// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The eight bytes before a frame's payload:
 *
 * <pre>
 *  0        3          5         6              7
 *  +--------+----------+---------+--------------+----------------------+
 *  | length | request  | stream  | stream flags | type (high 4 bits),  |
 *  | 24 bit | 16 bit   | 8 bit   | 8 bit        | flags (low 4 bits)   |
 *  +--------+----------+---------+--------------+----------------------+
 *    little endian       odd: opened by the client, even: by the server
 * </pre>
 *
 * <p>Any eight bytes are a header: whether its codes are valid is checked by the reader of the
 * frame.
 *
 * @param payloadLength the length of the payload in bytes, 0 to 2<sup>24</sup> - 1
 * @param requestId the request, 0 to 65,535
 * @param streamId the stream, 0 to 255
 * @param streamFlags the {@link StreamFlags}, 0 to 255
 * @param typeCode the code of the {@link FrameType}, 0 to 15; not every code is a type
 * @param flags the flags of the type, 0 to 15
 */
public record FrameHeader(
    int payloadLength, int requestId, int streamId, int streamFlags, int typeCode, int flags) {
  /** The length of an encoded header in bytes. */
  public static final int BYTES = 8;

  /** Checks the ranges. */
  public FrameHeader {
    require("payload length", payloadLength, 0xff_ffff);
    require("request id", requestId, 0xffff);
    require("stream id", streamId, 0xff);
    require("stream flags", streamFlags, 0xff);
    require("type", typeCode, 0xf);
    require("flags", flags, 0xf);
  }

  private static void require(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(name + " must be 0 to " + max + ", not " + value);
    }
  }

  /** Reads a header at the position of {@code input}, which moves by {@link #BYTES}. */
  public static FrameHeader read(ByteBuffer input) {
    long bytes = input.getLong();
    if (input.order() == ByteOrder.BIG_ENDIAN) {
      bytes = Long.reverseBytes(bytes);
    }
    return new FrameHeader(
        (int) bytes & 0xff_ffff,
        (int) (bytes >>> 24) & 0xffff,
        (int) (bytes >>> 40) & 0xff,
        (int) (bytes >>> 48) & 0xff,
        (int) (bytes >>> 60),
        (int) (bytes >>> 56) & 0xf);
  }

  /** Writes the header at the position of {@code output}, which moves by {@link #BYTES}. */
  public void write(ByteBuffer output) {
    output.put((byte) payloadLength);
    output.put((byte) (payloadLength >> 8));
    output.put((byte) (payloadLength >> 16));
    output.put((byte) requestId);
    output.put((byte) (requestId >> 8));
    output.put((byte) streamId);
    output.put((byte) streamFlags);
    output.put((byte) (typeCode << 4 | flags));
  }

  /** Returns whether all bits of {@code mask} are set in the stream flags. */
  public boolean hasStreamFlag(int mask) {
    return (streamFlags & mask) == mask;
  }

  /** Returns whether all bits of {@code mask} are set in the flags. */
  public boolean hasFlag(int mask) {
    return (flags & mask) == mask;
  }
}
