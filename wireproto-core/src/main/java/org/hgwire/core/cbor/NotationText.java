// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/** A text in diagnostic notation and the current position in it. */
final class NotationText {
  private final String text;
  private int index;

  NotationText(String text) {
    this.text = text;
  }

  int index() {
    return index;
  }

  boolean atEnd() {
    return index == text.length();
  }

  /** Returns the next character without moving past it. */
  char peek() {
    if (atEnd()) {
      throw error(index, "the text ends in the middle of a value");
    }
    return text.charAt(index);
  }

  /** Returns the next character. */
  char next() {
    char c = peek();
    index++;
    return c;
  }

  void skipSpace() {
    while (!atEnd() && isSpace(text.charAt(index))) {
      index++;
    }
  }

  /** Skips white space and then {@code c}, if it follows; returns whether it did. */
  boolean accepts(char c) {
    skipSpace();
    if (atEnd() || text.charAt(index) != c) {
      return false;
    }
    index++;
    return true;
  }

  /** Skips white space, then {@code c}, which must follow. */
  void expect(char c) {
    if (!accepts(c)) {
      throw error(index, "'" + c + "' was expected");
    }
  }

  /** Returns the minus sign and decimal digits that follow, if any. */
  String takeNumber() {
    int start = index;
    if (text.charAt(index) == '-') {
      index++;
    }
    while (!atEnd() && text.charAt(index) >= '0' && text.charAt(index) <= '9') {
      index++;
    }
    return text.substring(start, index);
  }

  /** Returns the ASCII letters that follow, if any. */
  String takeWord() {
    int start = index;
    while (!atEnd() && isLetter(text.charAt(index))) {
      index++;
    }
    return text.substring(start, index);
  }

  /** Returns an error that names {@code at}, an index in the text. */
  IllegalArgumentException error(int at, String what) {
    return new IllegalArgumentException("diagnostic notation, at index " + at + ": " + what);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
