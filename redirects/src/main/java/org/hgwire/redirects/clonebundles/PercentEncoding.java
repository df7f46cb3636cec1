// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding in manifests and bundlespecs: a plus sign stands for itself, as does a percent
 * sign that is not followed by two hexadecimal digits.
 */
final class PercentEncoding {
  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private PercentEncoding() {}

  /** Returns the text that {@code encoded} stands for, or null if its bytes are not UTF-8. */
  static @Nullable String decode(byte[] encoded) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (isEscape(encoded, i)) {
        decoded.write(
            Character.digit(encoded[i + 1], 16) << 4 | Character.digit(encoded[i + 2], 16));
        i += 2;
      } else {
        decoded.write(encoded[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Returns the text that {@code encoded} stands for, or null if its bytes are not UTF-8. */
  static @Nullable String decode(String encoded) {
    return decode(encoded.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether there is a percent sign that begins no escape. */
  static boolean hasStrayPercent(byte[] encoded) {
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%' && !isEscape(encoded, i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Encodes all characters of {@code text} that are not printable ASCII, percent and equals signs,
   * and the characters in {@code more}.
   */
  static String encode(String text, String more) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '%' && b != '=' && more.indexOf(b) < 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(DIGITS[b >> 4 & 0xf]).append(DIGITS[b & 0xf]);
      }
    }
    return encoded.toString();
  }

  private static boolean isEscape(byte[] encoded, int at) {
    return encoded[at] == '%'
        && at + 2 < encoded.length
        && Character.digit(encoded[at + 1], 16) >= 0
        && Character.digit(encoded[at + 2], 16) >= 0;
  }
}
