// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Makes what a server said fit for a message: one line, no control characters, not endless. */
final class PrintableText {
  private static final int MOST = 1024;

  private PrintableText() {}

  /** Returns {@code text} on one line, without control characters, at most 1,024 long. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < text.length() && clean.length() < MOST; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        space = clean.length() > 0;
      } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
        if (space) {
          clean.append(' ');
          space = false;
        }
        clean.append(c);
      }
    }
    return clean.toString();
  }

  /** Reads the first 1,024 bytes of {@code body} as text; an error of reading ends it. */
  static String of(InputStream body) {
    byte[] start;
    try {
      start = body.readNBytes(MOST);
    } catch (IOException e) {
      return "";
    }
    return of(new String(start, StandardCharsets.UTF_8));
  }
}
