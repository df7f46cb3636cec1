// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks international labels in their ASCII form (RFC 3492; RFC 5890, section 2.3.2.1). */
final class Punycode {
  private static final String PREFIX = "xn--";
  private static final int BASE = 36;
  private static final int LETTERS = 26;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private Punycode() {}

  /**
   * Returns whether each label of {@code name} that begins with {@code xn--} stands for a label
   * with characters that are not ASCII, and that no library would change before it encodes them
   * again.
   *
   * @param name in lower case
   */
  static boolean isValidIn(String name) {
    for (String label : name.split("\\.", -1)) {
      if (label.startsWith(PREFIX) && !isStable(decode(label.substring(PREFIX.length())))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStable(@Nullable String label) {
    return label != null
        && label.chars().anyMatch(c -> c >= INITIAL_N)
        && label.codePoints().allMatch(Punycode::isOfAName)
        && Normalizer.normalize(label, Normalizer.Form.NFKC).equals(label)
        && label.toLowerCase(Locale.ROOT).equals(label);
  }

  private static boolean isOfAName(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.LOWERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.OTHER_SYMBOL ->
          true;
      default -> codePoint == '-' || codePoint == '_';
    };
  }

  /** Decodes what follows the prefix (RFC 3492, section 6.2), or returns null. */
  private static @Nullable String decode(String input) {
    int hyphen = input.lastIndexOf('-');
    StringBuilder output = new StringBuilder(input.substring(0, Math.max(hyphen, 0)));
    int length = output.length();
    int at = hyphen + 1;
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    long i = 0;
    while (at < input.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < input.length() ? Character.digit(input.charAt(at++), BASE) : -1;
        if (digit < 0) {
          return null;
        }
        // The digits of punycode begin with the letters.
        int value = (digit + LETTERS) % BASE;
        i += value * weight;
        if (i > Integer.MAX_VALUE) {
          return null;
        }
        int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
        if (value < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (weight > Integer.MAX_VALUE) {
          return null;
        }
      }
      length++;
      bias = adapt(i - before, length, before == 0);
      n += (int) (i / length);
      i %= length;
      if (n > Character.MAX_CODE_POINT || n < 0 || Character.getType(n) == Character.SURROGATE) {
        return null;
      }
      output.insert(output.offsetByCodePoints(0, (int) i), Character.toChars(n));
      i++;
    }
    return output.toString();
  }

  private static int adapt(long delta, int length, boolean first) {
    long rest = first ? delta / DAMP : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
  }
}
