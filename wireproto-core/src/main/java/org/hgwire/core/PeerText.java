// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/**
 * Text that a peer sent, made safe to show in messages, logs and terminals.
 *
 * <p>{@link #excerpt} is for names, paths and URLs: all that is not printable ASCII is escaped, so
 * that two different names never look alike. {@link #line} is for sentences: it keeps every script
 * and drops what a terminal or a log viewer would act on. Byte strings have {@link
 * ByteString#excerpt} and {@link ByteString#toString}.
 */
public final class PeerText {
  /** The maximum length of a {@link #line}, in UTF-16 code units: enough for a sentence. */
  public static final int MAX_LINE = 1024;

  private static final int FIRST_TAG = 0xe0000;
  private static final int LAST_TAG = 0xe0fff;

  private PeerText() {}

  /** Returns {@code text} as {@link ByteString#excerpt} shows its UTF-8 bytes. */
  public static String excerpt(String text) {
    // No character is shorter than one byte: the rest cannot be part of the excerpt.
    String start = text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE);
    return ByteString.utf8(start).excerpt();
  }

  /**
   * Returns {@code text} on one line: each run of white space becomes one space, none is left at
   * either end, and characters that are not {@linkplain #isPrintable printable} are dropped. More
   * than {@value #MAX_LINE} UTF-16 code units are cut, without splitting a character.
   */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (Character.isWhitespace(codePoint)) {
        space = line.length() > 0;
      } else if (isPrintable(codePoint)) {
        int size = Character.charCount(codePoint) + (space ? 1 : 0);
        if (line.length() + size > MAX_LINE) {
          break;
        }
        if (space) {
          line.append(' ');
          space = false;
        }
        line.appendCodePoint(codePoint);
      }
    }
    return line.toString();
  }

  /**
   * Returns whether a terminal or a log viewer only displays the character. Not printable are
   * control characters (ANSI escape sequences begin with one), line and paragraph separators,
   * format characters (which include those that turn the direction of text), unpaired surrogates,
   * and U+E0000 to U+E0FFF: tags and variation selectors, assigned or not, which no terminal shows
   * and which can hide text in text.
   */
  public static boolean isPrintable(int codePoint) {
    if (codePoint >= FIRST_TAG && codePoint <= LAST_TAG) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
