// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;

/**
 * Bytes that one side of an exchange sends. Their text is the notation of the frames in them, and
 * what follows the last whole frame in hexadecimal.
 *
 * @param bytes the bytes: usually frames, but any bytes are allowed
 */
public record FrameBytes(ByteString bytes) {
  /** Returns the encoding of frames. */
  public static FrameBytes of(List<Frame> frames) {
    int length = 0;
    for (Frame frame : frames) {
      length += FrameHeader.BYTES + frame.header().payloadLength();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    frames.forEach(frame -> bytes.put(frame.encode()));
    return new FrameBytes(ByteString.copyOf(bytes.flip()));
  }

  /**
   * Returns the encoding of frames in text notation.
   *
   * @param lines a frame each
   * @throws IllegalArgumentException if a line is not the notation of a frame
   */
  public static FrameBytes parse(String... lines) {
    return of(Stream.of(lines).map(FrameNotation::parse).toList());
  }

  /** Returns the whole frames at the beginning, of any codes and lengths. */
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    ByteBuffer input = bytes.asByteBuffer();
    while (input.remaining() >= FrameHeader.BYTES) {
      int length = FrameHeader.read(input.slice()).payloadLength();
      if (input.remaining() < FrameHeader.BYTES + length) {
        break;
      }
      FrameHeader header = FrameHeader.read(input);
      frames.add(new Frame(header, input.slice(input.position(), length)));
      input.position(input.position() + length);
    }
    return frames;
  }

  /** Returns what follows the last whole frame: nothing, or a part of a frame. */
  public ByteString rest() {
    int from = of(frames()).bytes.length();
    return bytes.substring(from, bytes.length());
  }

  /** Returns these bytes with some damage. */
  public FrameBytes with(Damage damage) {
    return new FrameBytes(damage.applyTo(bytes));
  }

  /** Returns the frames in text notation, a line each, and the rest in hexadecimal. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    frames().forEach(frame -> lines.add(FrameNotation.print(frame)));
    if (!rest().isEmpty()) {
      lines.add("h'" + rest().hex() + "'");
    }
    return String.join("\n", lines);
  }
}
