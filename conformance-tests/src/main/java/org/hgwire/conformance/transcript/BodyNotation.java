// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.transcript;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;

/** The bodies of a {@link Transcript}: lines that each stand for some of the bytes. */
public final class BodyNotation {
  private static final String FRAMES = "application/mercurial-exp-framing-";
  private static final int HEX_BYTES_PER_LINE = 48;

  /** The bounds of an excerpt. */
  private static final int MAX_LINES = 200;

  private static final int MAX_LENGTH = 2000;

  private BodyNotation() {}

  /**
   * Returns the lines of {@code body}, each after {@code side}, to look at: of long bodies the
   * first lines, of long lines the beginning.
   */
  public static List<String> excerpt(char side, String mediaType, ByteString body) {
    StringBuilder text = new StringBuilder();
    print(text, side, mediaType, body);
    List<String> all = text.toString().lines().toList();
    List<String> lines = new ArrayList<>();
    for (String line : all.subList(0, Math.min(all.size(), MAX_LINES))) {
      lines.add(line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…");
    }
    if (all.size() > MAX_LINES) {
      lines.add("# and " + (all.size() - MAX_LINES) + " lines more");
    }
    return lines;
  }

  /** Returns the bytes that {@code line} stands for, or null if it is not one of a body. */
  static @Nullable ByteString parse(String line) {
    String content = line.substring(Math.min(2, line.length()));
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '|' -> ByteString.copyOf(FrameNotation.parse(content).encode());
      case 'x' -> ByteString.fromHex(content);
      case '"' -> ByteString.utf8(content + "\n");
      case '\'' -> ByteString.utf8(content);
      default -> null;
    };
  }

  /** Prints the lines of {@code body}, each after {@code side}. */
  static void print(StringBuilder text, char side, String mediaType, ByteString body) {
    if (mediaType.startsWith(FRAMES)) {
      for (ByteString part : split(body)) {
        String notation = notation(part);
        if (notation != null) {
          text.append(side).append("| ").append(notation).append('\n');
        } else {
          printHex(text, side, part);
        }
      }
    } else if (isText(body)) {
      printText(text, side, body);
    } else {
      printHex(text, side, body);
    }
  }

  private static void printHex(StringBuilder text, char side, ByteString bytes) {
    for (int at = 0; at < bytes.length(); at += HEX_BYTES_PER_LINE) {
      int end = Math.min(at + HEX_BYTES_PER_LINE, bytes.length());
      text.append(side).append("x ").append(bytes.substring(at, end).hex()).append('\n');
    }
  }

  private static boolean isText(ByteString body) {
    for (int i = 0; i < body.length(); i++) {
      byte b = body.at(i);
      if ((b < ' ' || b > '~') && b != '\n' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static void printText(StringBuilder text, char side, ByteString body) {
    String rest = body.utf8();
    for (int end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      text.append(side).append("\" ").append(rest, 0, end).append('\n');
      rest = rest.substring(end + 1);
    }
    if (!rest.isEmpty()) {
      text.append(side).append("' ").append(rest).append('\n');
    }
  }

  /** Splits a body into encoded frames; bytes that are not a frame are the last part. */
  private static List<ByteString> split(ByteString body) {
    List<ByteString> parts = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler frames = new FrameAssembler(decoder);
    int at = 0;
    try {
      decoder.feed(body.asByteBuffer());
      for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
        ByteString bytes = ByteString.copyOf(frame.encode());
        parts.add(bytes);
        at += bytes.length();
      }
    } catch (WireProtocolException e) {
      // The rest is printed in hexadecimal.
    }
    if (at < body.length()) {
      parts.add(body.substring(at, body.length()));
    }
    return parts;
  }

  /** Returns the notation of an encoded frame if it encodes to the same bytes, else null. */
  private static @Nullable String notation(ByteString encoded) {
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    decoder.feed(encoded.asByteBuffer());
    try {
      Frame frame = new FrameAssembler(decoder).poll();
      if (frame == null) {
        return null;
      }
      String notation = FrameNotation.print(frame);
      ByteString again = ByteString.copyOf(FrameNotation.parse(notation).encode());
      return again.equals(encoded) ? notation : null;
    } catch (WireProtocolException | IllegalArgumentException e) {
      return null;
    }
  }
}
