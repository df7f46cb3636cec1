// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hgwire.core.ByteString;

/** Escapes of the bytes that some file system does not have in names, or does not keep apart. */
final class NameEscapes {
  private static final String RESERVED = "\\:*?\"<>|";

  private NameEscapes() {}

  /** Returns the bytes of a path as the characters 0 to 255. */
  static String bytes(ByteString path) {
    return new String(path.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  /** Escapes, and puts an underscore before capitals and underscores. */
  static String distinctCase(String name) {
    StringBuilder result = new StringBuilder(name.length() + 16);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' || isCapital(c)) {
        result.append('_');
      }
      append(result, c);
    }
    return result.toString();
  }

  /** Escapes, and makes capitals small. */
  static String smallCase(String name) {
    StringBuilder result = new StringBuilder(name.length() + 16);
    for (int i = 0; i < name.length(); i++) {
      append(result, name.charAt(i));
    }
    return result.toString();
  }

  private static void append(StringBuilder result, char c) {
    if (isCapital(c)) {
      result.append((char) (c + ('a' - 'A')));
    } else if (c < ' ' || c > '}' || RESERVED.indexOf(c) >= 0) {
      appendEscape(result, c);
    } else {
      result.append(c);
    }
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Appends a tilde and two hexadecimal digits. */
  static void appendEscape(StringBuilder result, char c) {
    result.append('~').append(HexFormat.of().toHexDigits((byte) c));
  }
}
