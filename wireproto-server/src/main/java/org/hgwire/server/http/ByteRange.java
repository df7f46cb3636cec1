// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of stored content that a request wants.
 *
 * @param from the offset of the first byte
 * @param length how many bytes; negative if the content has none there
 * @param isPart whether the request names a part, and not all of the content
 */
record ByteRange(long from, long length, boolean isPart) {
  /** RFC 9110, 14.1.1: a range unit is compared without case. */
  private static final Pattern ONE = Pattern.compile("(?i:bytes)=[ \t]*([0-9]*)-([0-9]*)[ \t]*");

  /** A number of more digits may exceed a long; no file has that many bytes. */
  private static final int DIGITS_OF_A_LONG = 18;

  /**
   * Reads a Range header for content of {@code size} bytes. A header that is malformed or names
   * several ranges is ignored, as RFC 9110, 14.2 allows: the result is all of the content.
   */
  static ByteRange of(@Nullable String header, long size) {
    ByteRange all = new ByteRange(0, size, false);
    Matcher parts = ONE.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return all;
    }
    String first = parts.group(1);
    String last = parts.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return all;
      }
      long suffix = Math.min(size, number(last));
      return new ByteRange(size - suffix, suffix == 0 ? -1 : suffix, true);
    }
    if (!last.isEmpty() && isLess(last, first)) {
      return all;
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    return new ByteRange(from, from >= size ? -1 : Math.min(to, size - 1) - from + 1, true);
  }

  /** Returns a number in decimal digits, or the largest long in its place if it has too many. */
  private static long number(String digits) {
    String significant = withoutZeros(digits);
    return significant.length() > DIGITS_OF_A_LONG
        ? Long.MAX_VALUE
        : Long.parseLong("0" + significant);
  }

  private static boolean isLess(String digits, String others) {
    String first = withoutZeros(digits);
    String second = withoutZeros(others);
    return first.length() == second.length()
        ? first.compareTo(second) < 0
        : first.length() < second.length();
  }

  private static String withoutZeros(String digits) {
    int from = 0;
    while (from < digits.length() && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }

  /** Returns whether the content has none of the bytes that are wanted. */
  boolean isUnsatisfiable() {
    return length < 0;
  }

  /** Returns the Content-Range header of this part of {@code size} bytes. */
  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
