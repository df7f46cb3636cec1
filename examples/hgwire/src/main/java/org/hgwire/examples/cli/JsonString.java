// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;

/**
 * Strings of JSON that stand for byte strings, one to one: UTF-8 is its text; other bytes are
 * {@value #HEX} and their hexadecimal digits; {@value #CBOR} and diagnostic notation is what is no
 * byte string. A text that begins with one of these prefixes gets the prefix {@value #TEXT}.
 *
 * <p>Characters that a terminal would act on, or not show, are escaped as JSON allows it.
 */
final class JsonString {
  /** Precedes hexadecimal digits. */
  static final String HEX = "hex:";

  /** Precedes text that itself begins with one of the prefixes. */
  static final String TEXT = "text:";

  /** Precedes diagnostic notation. */
  static final String CBOR = "cbor:";

  private static final List<String> PREFIXES = List.of(HEX, TEXT, CBOR);

  private JsonString() {}

  /** Prints a byte string, with quotes. */
  static void print(ByteString bytes, PrintWriter out) {
    print(of(bytes), out);
  }

  /** Prints a text as it is, with quotes. */
  static void print(String text, PrintWriter out) {
    out.print('"');
    escape(text, out);
    out.print('"');
  }

  /** Prints a text without quotes. A pair of surrogates must be whole. */
  static void escape(CharSequence text, PrintWriter out) {
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                out.print('\\');
                out.print((char) point);
              } else if (PeerText.isPrintable(point)) {
                out.print(Character.toString(point));
              } else {
                escape(point, out);
              }
            });
  }

  private static void escape(int point, PrintWriter out) {
    int letter = "\b\t\n\f\r".indexOf(point);
    if (letter >= 0) {
      out.print('\\');
      out.print("btnfr".charAt(letter));
      return;
    }
    for (char unit : Character.toChars(point)) {
      out.print("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.print(Character.forDigit(unit >> shift & 0xf, 16));
      }
    }
  }

  /** Returns the prefix of a text that begins like this: {@value #TEXT} or nothing. */
  static String prefix(String start) {
    return PREFIXES.stream().anyMatch(start::startsWith) ? TEXT : "";
  }

  private static String of(ByteString bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
      return prefix(text) + text;
    } catch (CharacterCodingException notText) {
      return HEX + bytes.hex();
    }
  }
}
