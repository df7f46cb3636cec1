// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;

/**
 * The extras of a changeset: {@code key:value} pairs joined by zero bytes, with zero bytes, line
 * ends and backslashes in them escaped.
 */
final class ExtraText {
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
      ByteString pair = unescape(text.substring(from, end));
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

  private static ByteString unescape(ByteString text) {
    if (text.indexOf((byte) '\\', 0) < 0 && text.indexOf((byte) '\r', 0) < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      if (b == '\\') {
        i++;
        int letter = i < text.length() ? LETTER.indexOf(text.at(i)) : -1;
        if (letter < 0) {
          throw RevisionFault.malformed("an extra of a changeset has an unknown escape");
        }
        out.write(SPECIAL.charAt(letter));
      } else if (b == '\r') {
        throw RevisionFault.malformed("an extra of a changeset has a bare carriage return");
      } else {
        out.write(b);
      }
    }
    return ByteString.copyOf(out.toByteArray());
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
