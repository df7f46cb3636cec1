// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;

/** A byte string in diagnostic notation, from its opening quote on. */
final class StringLiteral {
  private final NotationText text;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  StringLiteral(NotationText text) {
    this.text = text;
  }

  /** Reads the {@code '6869'} of {@code h'6869'}; white space between the bytes is skipped. */
  ByteString hex() {
    expectQuote('\'');
    while (true) {
      text.skipSpace();
      if (text.peek() == '\'') {
        return end();
      }
      bytes.write(hexDigit() << 4 | hexDigit());
    }
  }

  /** Reads {@code 'hi'}: UTF-8, with escapes. */
  ByteString text() {
    return quoted(text.next(), true);
  }

  /** Reads the {@code 'hi'} or {@code "hi"} of {@code b'hi'}: ASCII, with Python's escapes. */
  ByteString python() {
    char quote = text.peek();
    expectQuote(quote == '"' ? '"' : '\'');
    return quoted(quote, false);
  }

  private void expectQuote(char quote) {
    if (text.peek() != quote) {
      throw text.error(text.index(), "a quote was expected");
    }
    text.next();
  }

  private ByteString quoted(char quote, boolean unicode) {
    while (text.peek() != quote) {
      int start = text.index();
      char c = text.next();
      if (c == '\\') {
        escape(start, unicode);
      } else if (c < 0x80) {
        bytes.write(c);
      } else if (unicode) {
        character(start, c);
      } else {
        throw text.error(start, "a byte string b'…' holds ASCII and escapes only");
      }
    }
    return end();
  }

  private ByteString end() {
    text.next();
    return ByteString.copyOf(bytes.toByteArray());
  }

  private void escape(int start, boolean unicode) {
    char c = text.next();
    switch (c) {
      case '\\', '\'', '"' -> bytes.write(c);
      case 'a' -> bytes.write(7);
      case 'b' -> bytes.write('\b');
      case 't' -> bytes.write('\t');
      case 'n' -> bytes.write('\n');
      case 'v' -> bytes.write(11);
      case 'f' -> bytes.write('\f');
      case 'r' -> bytes.write('\r');
      case 'x' -> bytes.write(hexDigit() << 4 | hexDigit());
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(start, c);
      default -> {
        if (unicode && c == 'u') {
          character(start, fourHexDigits());
        } else if (unicode && c == '/') {
          bytes.write('/');
        } else {
          throw text.error(start, "an unknown escape");
        }
      }
    }
  }

  private void octal(int start, char first) {
    int value = first - '0';
    for (int i = 0; i < 2 && text.peek() >= '0' && text.peek() <= '7'; i++) {
      value = value << 3 | (text.next() - '0');
    }
    if (value > 0xff) {
      throw text.error(start, "an octal escape above \\377");
    }
    bytes.write(value);
  }

  /** Appends a character, and the other half of a surrogate pair with it. */
  private void character(int start, char c) {
    if (!Character.isSurrogate(c)) {
      append(String.valueOf(c));
      return;
    }
    char low = text.next();
    if (low == '\\') {
      low = text.next() == 'u' ? fourHexDigits() : 0;
    }
    if (!Character.isSurrogatePair(c, low)) {
      throw text.error(start, "half of a surrogate pair");
    }
    append(String.valueOf(new char[] {c, low}));
  }

  private void append(String characters) {
    bytes.writeBytes(characters.getBytes(StandardCharsets.UTF_8));
  }

  private char fourHexDigits() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 4 | hexDigit();
    }
    return (char) value;
  }

  private int hexDigit() {
    int index = text.index();
    char c = text.next();
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw text.error(index, "a hexadecimal digit was expected");
    }
    return digit;
  }
}
