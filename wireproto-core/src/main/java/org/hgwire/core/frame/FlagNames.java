// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes flags as names and numbers joined by {@code |}: {@code new|have-data}. The names
 * are those of the bits, lowest first; a bit without a name is written as a number.
 */
final class FlagNames {
  private FlagNames() {}

  static String print(int flags, List<String> names) {
    if (flags == 0) {
      return "0";
    }
    List<String> parts = new ArrayList<>();
    for (int bit = 0; flags >>> bit != 0; bit++) {
      int flag = 1 << bit;
      if ((flags & flag) != 0) {
        parts.add(bit < names.size() ? names.get(bit) : Integer.toString(flag));
      }
    }
    return String.join("|", parts);
  }

  /** Reads {@code text}; {@code what} names the field in messages. */
  static int parse(String text, List<String> names, String what, int max) {
    int flags = 0;
    for (String part : text.split("\\|", -1)) {
      int bit = names.indexOf(part);
      flags |= bit >= 0 ? 1 << bit : number(part, what, max);
    }
    return flags;
  }

  /** Reads a decimal number from 0 to {@code max}. */
  static int number(String text, String what, int max) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 9) {
      throw new IllegalArgumentException(
          what + " must be a known name or a number, not \"" + Escapes.visible(text) + "\"");
    }
    int number = Integer.parseInt(text);
    if (number > max) {
      throw new IllegalArgumentException(what + " must be at most " + max + ", not " + number);
    }
    return number;
  }
}
