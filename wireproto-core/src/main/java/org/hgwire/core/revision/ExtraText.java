// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;

/**
 * The extras of a changeset, as its text has them: {@code key:value} pairs separated by zero bytes.
 * In keys and values a zero byte, a line feed, a carriage return and a backslash are escaped as
 * {@code \0}, {@code \n}, {@code \r} and {@code \\}.
 *
 * <p>{@link ChangesetText} reads a whole changeset; this class is for code that looks for one extra
 * without holding the whole text.
 */
public final class ExtraText {
  private static final String SPECIAL = "\0\n\r\\";
  private static final String LETTER = "0nr\\";

  private ExtraText() {}

  static Map<ByteString, ByteString> parse(ByteString text) {
    Map<ByteString, ByteString> extra = new LinkedHashMap<>();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf((byte) 0, from);
      if (end < 0) {
        end = text.length();
      }
      ByteString pair = canonical(text.substring(from, end));
      int colon = pair.indexOf((byte) ':', 0);
      if (colon < 0) {
        throw RevisionFault.malformed("an extra of a changeset has no colon");
      }
      ByteString value = pair.substring(colon + 1, pair.length());
      if (extra.put(pair.substring(0, colon), value) != null) {
        throw RevisionFault.malformed("an extra of a changeset occurs twice");
      }
      from = end + 1;
    }
    return extra;
  }

  /** Returns {@code text} unescaped, if it is what {@link #escape} writes. */
  private static ByteString canonical(ByteString text) {
    if (text.indexOf((byte) '\\', 0) < 0 && text.indexOf((byte) '\r', 0) < 0) {
      return text;
    }
    ByteString plain = unescape(text);
    ByteArrayOutputStream again = new ByteArrayOutputStream(text.length());
    escape(plain, again);
    if (!text.equals(ByteString.copyOf(again.toByteArray()))) {
      throw RevisionFault.malformed(
          "an extra of a changeset has an escape or carriage return that Mercurial does not write");
    }
    return plain;
  }

  /**
   * Returns a key or value with its escapes undone. Of an escape that Mercurial does not write only
   * the backslash is dropped; a backslash at the end stays.
   */
  public static ByteString unescape(ByteString text) {
    if (text.indexOf((byte) '\\', 0) < 0) {
      return text;
    }
    byte[] plain = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      if (b == '\\' && i + 1 < text.length()) {
        i++;
        int letter = LETTER.indexOf(text.at(i));
        b = letter < 0 ? text.at(i) : (byte) SPECIAL.charAt(letter);
      }
      plain[length++] = b;
    }
    return ByteString.copyOf(plain, 0, length);
  }

  static void write(Map<ByteString, ByteString> extra, ByteArrayOutputStream out) {
    boolean first = true;
    for (Entry<ByteString, ByteString> entry : extra.entrySet()) {
      if (!first) {
        out.write(0);
      }
      first = false;
      escape(entry.getKey(), out);
      out.write(':');
      escape(entry.getValue(), out);
    }
  }

  private static void escape(ByteString text, ByteArrayOutputStream out) {
    for (int i = 0; i < text.length(); i++) {
      int special = SPECIAL.indexOf(text.at(i));
      if (special >= 0) {
        out.write('\\');
        out.write(LETTER.charAt(special));
      } else {
        out.write(text.at(i));
      }
    }
  }
}
