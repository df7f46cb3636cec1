// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;

/** Text that is URL quoted: {@code %20} for a space. A plus sign stands for itself. */
final class Quoted {
  private static final String UNQUOTED = "_.-~";

  private Quoted() {}

  /**
   * Returns what is quoted.
   *
   * @param where what it is from, for the message
   * @throws org.hgwire.core.WireProtocolException with code MALFORMED if a percent sign is not
   *     followed by two hexadecimal digits
   */
  static ByteString read(ByteString quoted, String where) {
    if (quoted.indexOf((byte) '%', 0) < 0) {
      return quoted;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      byte b = quoted.at(i);
      if (b == '%') {
        boolean whole = i + 2 < quoted.length();
        int high = whole ? Character.digit(quoted.at(i + 1), 16) : -1;
        int low = whole ? Character.digit(quoted.at(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw Parameters.malformed(where + " has invalid URL quoting: " + quoted);
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(b);
      }
    }
    return ByteString.copyOf(bytes.toByteArray());
  }

  /** Returns {@code text} with everything but letters, digits and a few signs quoted. */
  static String write(ByteString text) {
    StringBuilder quoted = new StringBuilder(text.length());
    for (byte b : text.toByteArray()) {
      if (Parameters.isLetter(b) || (b >= '0' && b <= '9') || UNQUOTED.indexOf(b) >= 0) {
        quoted.append((char) b);
      } else {
        quoted.append('%').append(digit(b >> 4)).append(digit(b));
      }
    }
    return quoted.toString();
  }

  private static char digit(int value) {
    return "0123456789ABCDEF".charAt(value & 0xf);
  }

  static String write(String text) {
    return write(ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8)));
  }
}
