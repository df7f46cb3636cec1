// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.util.Set;

/**
 * Escapes in the parts of a path: names that Windows reserves, such as {@code aux.c}; a dot or
 * space at the end; with {@code dotencode} also one at the start.
 *
 * @param dotencode whether dots and spaces at the start are escaped
 */
record PortableParts(boolean dotencode) {
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");
  private static final Set<String> RESERVED_WITH_DIGIT = Set.of("com", "lpt");

  /** Escapes each part of {@code path}. */
  String of(String path) {
    StringBuilder result = new StringBuilder(path.length() + 16);
    for (int start = 0; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      appendPart(result, path.substring(start, end));
      if (slash >= 0) {
        result.append('/');
      }
      start = end + 1;
    }
    return result.toString();
  }

  private void appendPart(StringBuilder result, String part) {
    if (part.isEmpty()) {
      return;
    }
    int from = 0;
    if (dotencode && isDotOrSpace(part.charAt(0))) {
      NameEscapes.appendEscape(result, part.charAt(0));
      from = 1;
    } else if (isReserved(part)) {
      result.append(part, 0, 2);
      NameEscapes.appendEscape(result, part.charAt(2));
      from = 3;
    }
    int last = part.length() - 1;
    if (from <= last && isDotOrSpace(part.charAt(last))) {
      result.append(part, from, last);
      NameEscapes.appendEscape(result, part.charAt(last));
    } else {
      result.append(part, from, part.length());
    }
  }

  static boolean isDotOrSpace(char c) {
    return c == '.' || c == ' ';
  }

  private static boolean isReserved(String part) {
    int dot = part.indexOf('.');
    int length = dot < 0 ? part.length() : dot;
    if (length == 3) {
      return RESERVED.contains(part.substring(0, 3));
    }
    return length == 4
        && part.charAt(3) >= '1'
        && part.charAt(3) <= '9'
        && RESERVED_WITH_DIGIT.contains(part.substring(0, 3));
  }
}
