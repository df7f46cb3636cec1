// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses REQUIREDRAM: "Values can have suffixes for common bytes sizes. e.g. "64MB"." Without a
 * suffix it is a whole number of bytes.
 */
final class RequiredMemory {
  /** An entry that takes more than this part of the memory is rejected. */
  private static final BigDecimal PART = new BigDecimal("0.66");

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
  private static final Pattern WITH_UNIT =
      Pattern.compile("([+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})) *(b|[kmg]b?)");

  private RequiredMemory() {}

  /** Returns {@code value} in bytes, or null if it is not a size. */
  static @Nullable BigDecimal bytes(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    if (INTEGER.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    Matcher matcher = WITH_UNIT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int shift =
        switch (matcher.group(2).charAt(0)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          default -> 0;
        };
    return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
  }

  /** Returns whether {@code bytes} are too many for a client with {@code memory} bytes. */
  static boolean exceeds(BigDecimal bytes, long memory) {
    return bytes.compareTo(BigDecimal.valueOf(memory).multiply(PART)) > 0;
  }
}
