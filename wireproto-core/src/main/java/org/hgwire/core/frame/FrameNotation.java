// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The text notation of frames that Mercurial's tests use, one frame per line ({@code hg help
 * debugwireproto}, Specifying Unified Frame-Based Protocol Frames): {@code <request-id> <stream-id>
 * <stream-flags> <type> <flags> <payload>}, for example {@code 1 1 stream-begin command-request new
 * cbor:{b'name': b'heads'}}.
 *
 * <p>Type and flags are names or decimal numbers, flags joined by {@code |}. The payload is {@code
 * cbor:} and a Python literal, or bytes with the escapes of a Python byte string and no quotes.
 */
public final class FrameNotation {
  private static final String CBOR = "cbor:";
  private static final int FIELDS = 6;
  private static final List<String> STREAM_FLAGS = List.of("stream-begin", "stream-end", "encoded");

  private FrameNotation() {}

  /**
   * Returns {@code frame} as one line of printable ASCII, which {@link #parse} reads as an equal
   * frame. The payload is printed as {@code cbor:…} if it is not encoded and is one whole value in
   * the deterministic encoding, else as escaped bytes. Without payload the line ends with a space.
   */
  public static String print(Frame frame) {
    FrameHeader header = frame.header();
    FrameType type = FrameType.ofCode(header.typeCode());
    StringBuilder line = new StringBuilder();
    line.append(header.requestId()).append(' ').append(header.streamId()).append(' ');
    line.append(FlagNames.print(header.streamFlags(), STREAM_FLAGS)).append(' ');
    line.append(type == null ? Integer.toString(header.typeCode()) : type.wireName()).append(' ');
    line.append(FlagNames.print(header.flags(), flagNames(type))).append(' ');
    if (header.hasStreamFlag(StreamFlags.ENCODED)) {
      printBytes(frame.payload(), line);
    } else {
      printPayload(frame.payload(), line);
    }
    return line.toString();
  }

  /**
   * Returns a payload that is not encoded as {@link #print} prints it: {@code cbor:…} if it is one
   * whole value in the deterministic encoding, else escaped bytes.
   */
  public static String printPayload(ByteBuffer payload) {
    StringBuilder text = new StringBuilder();
    printPayload(payload, text);
    return text.toString();
  }

  private static void printPayload(ByteBuffer payload, StringBuilder line) {
    CborValue value = value(payload);
    if (value != null) {
      PythonLiteral.print(value, line.append(CBOR));
    } else {
      printBytes(payload, line);
    }
  }

  private static void printBytes(ByteBuffer payload, StringBuilder line) {
    int start = line.length();
    Escapes.print(payload, line);
    if (line.indexOf(CBOR, start) == start) {
      line.replace(start, start + 1, "\\x63");
    }
  }

  /** Returns the value whose deterministic encoding is {@code payload}, or null. */
  private static @Nullable CborValue value(ByteBuffer payload) {
    try {
      CborValue value = CborDecoder.decodeOne(payload.duplicate(), WireLimits.defaults());
      return CborEncoder.encode(value).asByteBuffer().equals(payload) ? value : null;
    } catch (WireProtocolException notOneValue) {
      return null;
    }
  }

  private static List<String> flagNames(@Nullable FrameType type) {
    return type == null ? List.of() : type.flagNames();
  }

  /**
   * Reads one frame. A missing payload is read as an empty one.
   *
   * @throws IllegalArgumentException if {@code line} is not the notation of a frame
   */
  public static Frame parse(String line) {
    String[] fields = line.split(" ", FIELDS);
    if (fields.length < FIELDS - 1) {
      throw new IllegalArgumentException(
          "a frame is \"<request-id> <stream-id> <stream-flags> <type> <flags> <payload>\", not \""
              + Escapes.visible(line)
              + "\"");
    }
    int requestId = FlagNames.number(fields[0], "the request id", 0xffff);
    int streamId = FlagNames.number(fields[1], "the stream id", 0xff);
    int streamFlags = FlagNames.parse(fields[2], STREAM_FLAGS, "a stream flag", 0xff);
    FrameType named = FrameType.ofWireName(fields[3]);
    int typeCode =
        named == null ? FlagNames.number(fields[3], "the frame type", 0xf) : named.code();
    List<String> names = flagNames(FrameType.ofCode(typeCode));
    int flags = FlagNames.parse(fields[4], names, "a flag of the frame type", 0xf);
    ByteBuffer payload = parsePayload(fields.length < FIELDS ? "" : fields[5]);
    return new Frame(
        new FrameHeader(payload.remaining(), requestId, streamId, streamFlags, typeCode, flags),
        payload);
  }

  /**
   * Returns the bytes of a payload in the notation: {@code cbor:} and a Python literal, or bytes
   * with escapes.
   *
   * @throws IllegalArgumentException if {@code text} is not the notation of a payload
   */
  public static ByteBuffer parsePayload(String text) {
    return text.startsWith(CBOR)
        ? CborEncoder.encode(PythonLiteralParser.parse(text.substring(CBOR.length())))
            .asByteBuffer()
        : ByteBuffer.wrap(Escapes.parse(text));
  }
}
