// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

/**
 * Text of peers with every character that is not seen, or that moves others, as its code: {@code
 * \x1b}, {@code \u202e}. What is left can be neither a command to a terminal nor reorder a line.
 */
final class VisibleText {
  private VisibleText() {}

  /** Returns {@code text} as one line. */
  static String line(String text) {
    return visible(text, "");
  }

  /** Returns {@code text}, whose lines stay lines. */
  static String lines(String text) {
    return visible(text.replace("\r\n", "\n"), "\n");
  }

  private static String visible(String text, String kept) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (kept.indexOf(point) >= 0 || isSeen(point)) {
                visible.appendCodePoint(point);
              } else if (point < 0x100) {
                visible.append("\\x%02x".formatted(point));
              } else if (point < 0x10000) {
                visible.append("\\u%04x".formatted(point));
              } else {
                visible.append("\\u{%x}".formatted(point));
              }
            });
    return visible.toString();
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
