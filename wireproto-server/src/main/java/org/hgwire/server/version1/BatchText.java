// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/**
 * The text of {@code batch}: "a ';' delimited list of strings. Each string has the form
 * '&lt;command&gt; &lt;arguments&gt;'. … The argument string is a ',' delimited list of
 * '&lt;key&gt;=&lt;value&gt;' values."
 */
final class BatchText {
  private static final String PLAIN = ":,;=";
  private static final String ESCAPED = "cose";

  private BatchText() {}

  /**
   * One command of a batch.
   *
   * @param command its name
   * @param arguments its arguments
   */
  record Part(String command, Version1Arguments arguments) {}

  /**
   * Reads the commands of a batch.
   *
   * @throws MalformedArgumentsException if they are malformed, or too many
   */
  static List<Part> read(ByteString text, WireLimits limits) {
    int max = limits.intOf(WireLimit.MAX_BATCH_COMMANDS);
    List<Part> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = end(text, ';', from, text.length());
      if (parts.size() == max) {
        throw new MalformedArgumentsException(
            "the batch has more than " + max + " commands (" + WireLimit.MAX_BATCH_COMMANDS + ")");
      }
      parts.add(part(text, from, end, limits));
      from = end + 1;
    }
    return parts;
  }

  private static Part part(ByteString text, int from, int end, WireLimits limits) {
    int space = end(text, ' ', from, end);
    Version1Arguments.Builder arguments = Version1Arguments.builder(limits);
    int at = space + 1;
    while (at < end) {
      int comma = end(text, ',', at, end);
      if (comma > at) {
        int equals = end(text, '=', at, comma);
        arguments.put(
            unescape(text, at, equals), unescape(text, Math.min(equals + 1, comma), comma));
      }
      at = comma + 1;
    }
    return new Part(text.substring(from, space).utf8(), arguments.build());
  }

  /** Returns the index of the next {@code delimiter}, or {@code end} if there is none before it. */
  private static int end(ByteString text, char delimiter, int from, int end) {
    int found = text.indexOf((byte) delimiter, from);
    return found < 0 || found > end ? end : found;
  }

  private static ByteString unescape(ByteString text, int from, int end) {
    int colon = text.indexOf((byte) ':', from);
    if (colon < 0 || colon >= end) {
      return text.substring(from, end);
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(end - from);
    for (int i = from; i < end; i++) {
      int c = text.at(i);
      if (c == ':') {
        i++;
        int escape = i < end ? ESCAPED.indexOf(text.at(i)) : -1;
        if (escape < 0) {
          throw new MalformedArgumentsException("the batch has an invalid escape");
        }
        c = PLAIN.charAt(escape);
      }
      plain.write(c);
    }
    return ByteString.copyOf(plain.toByteArray());
  }

  /** Escapes the response to one command. */
  static void escape(ByteString text, ByteArrayOutputStream target) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i);
      int escape = PLAIN.indexOf(c);
      if (escape < 0) {
        target.write(c);
      } else {
        target.write(':');
        target.write(ESCAPED.charAt(escape));
      }
    }
  }
}
