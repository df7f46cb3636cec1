// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hgwire.core.ByteString;

/**
 * The escapes of Python's byte string literals, without the quotes: {@code \\ \' \" \a \b \f \n \r
 * \t \v}, one to three octal digits, {@code \xNN}; before anything else a backslash stands for
 * itself.
 */
final class Escapes {
  /** The letters after a backslash; {@link #MEANINGS} has the byte of each at the same index. */
  private static final String LETTERS = "\\'\"abfnrtv";

  private static final String MEANINGS = "\\'\"\u0007\b\f\n\r\t\u000b";

  private Escapes() {}

  /**
   * Appends {@code bytes} to {@code text} as printable ASCII. Spaces at the end are escaped, since
   * Mercurial strips lines.
   */
  static void print(ByteBuffer bytes, StringBuilder text) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      byte b = bytes.get(i);
      boolean last = i == bytes.limit() - 1;
      if (b == '\n') {
        text.append("\\n");
      } else if (b == '\\' || b == '\'') {
        text.append('\\').append((char) b);
      } else if (b < ' ' || b > '~' || (b == ' ' && last)) {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      } else {
        text.append((char) b);
      }
    }
  }

  /** Reads all of {@code text}; characters outside ASCII stand for their UTF-8 bytes. */
  static byte[] parse(String text) {
    byte[] raw = utf8(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    int i = 0;
    while (i < raw.length) {
      byte b = raw[i++];
      if (b != '\\') {
        bytes.write(b);
        continue;
      }
      if (i == raw.length) {
        throw new IllegalArgumentException("the payload ends with half an escape: \\");
      }
      byte letter = raw[i++];
      int index = LETTERS.indexOf(letter);
      if (index >= 0) {
        bytes.write(MEANINGS.charAt(index));
      } else if (letter == 'x') {
        bytes.write(hexDigit(raw, i) << 4 | hexDigit(raw, i + 1));
        i += 2;
      } else if (isOctal(letter)) {
        int value = letter - '0';
        for (int digits = 1; digits < 3 && i < raw.length && isOctal(raw[i]); digits++) {
          value = value << 3 | (raw[i++] - '0');
        }
        bytes.write(value);
      } else {
        bytes.write('\\');
        bytes.write(letter);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns {@code text} without control characters, for messages. */
  static String visible(String text) {
    return ByteString.utf8(text).toString();
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] raw = new byte[bytes.remaining()];
      bytes.get(raw);
      return raw;
    } catch (CharacterCodingException fault) {
      throw new IllegalArgumentException("the payload has an unpaired surrogate", fault);
    }
  }

  private static int hexDigit(byte[] raw, int index) {
    int digit = index < raw.length ? Character.digit(raw[index], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("\\x needs two hexadecimal digits");
    }
    return digit;
  }

  private static boolean isOctal(byte b) {
    return b >= '0' && b <= '7';
  }
}
