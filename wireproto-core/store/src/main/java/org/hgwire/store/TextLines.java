// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The lines of a text that are not empty, without their line feeds. */
final class TextLines implements Iterator<ByteString> {
  private final ByteString text;
  private int next;

  private TextLines(ByteString text) {
    this.text = text;
    skipEmpty();
  }

  /** Returns the lines of {@code text}; none if it is null. */
  static Iterable<ByteString> of(@Nullable ByteString text) {
    return () -> new TextLines(text == null ? ByteString.empty() : text);
  }

  private void skipEmpty() {
    while (next < text.length() && text.at(next) == '\n') {
      next++;
    }
  }

  @Override
  public boolean hasNext() {
    return next < text.length();
  }

  @Override
  public ByteString next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the text has no more lines");
    }
    int feed = text.indexOf((byte) '\n', next);
    int end = feed < 0 ? text.length() : feed;
    ByteString line = text.substring(next, end);
    next = end;
    skipEmpty();
    return line;
  }
}
