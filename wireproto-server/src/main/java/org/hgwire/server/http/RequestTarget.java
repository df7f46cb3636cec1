// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request, parsed.
 *
 * @param segments the segments of the path, percent-decoded; empty ones are left out
 * @param query the query as it came, empty if there is none
 */
record RequestTarget(List<String> segments, String query) {
  /** Copies the list. */
  RequestTarget {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a target.
   *
   * @throws MalformedTargetException if it has no path, an invalid escape, bytes that are not
   *     UTF-8, a control character, a segment {@code .} or {@code ..}, or a slash or a backslash
   *     inside a segment
   */
  static RequestTarget parse(String target) {
    String rest = target;
    int scheme = rest.indexOf("://");
    if (scheme > 0 && rest.indexOf('/') > scheme) {
      int path = rest.indexOf('/', scheme + 3);
      rest = path < 0 ? "/" : rest.substring(path);
    }
    if (!rest.startsWith("/")) {
      throw new MalformedTargetException("the request target does not begin with a slash");
    }
    int mark = rest.indexOf('?');
    String path = mark < 0 ? rest : rest.substring(0, mark);
    List<String> segments = new ArrayList<>();
    for (String raw : path.split("/", -1)) {
      if (!raw.isEmpty()) {
        segments.add(segment(raw));
      }
    }
    return new RequestTarget(segments, mark < 0 ? "" : rest.substring(mark + 1));
  }

  /**
   * Returns the value of the first parameter called {@code name} in the query, or null.
   *
   * @throws MalformedTargetException if it has an invalid escape or is not UTF-8
   */
  @Nullable String parameter(String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).equals(name)) {
        return decode(pair.substring(equals + 1).replace("+", "%20"));
      }
    }
    return null;
  }

  private static String segment(String raw) {
    String decoded = decode(raw);
    boolean odd = decoded.equals(".") || decoded.equals("..");
    if (odd || decoded.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '/' || c == '\\')) {
      throw new MalformedTargetException("the request target has a segment that is not allowed");
    }
    return decoded;
  }

  private static String decode(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new MalformedTargetException("the request target has an invalid escape");
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c > 0x20 && c < 0x7f) {
        bytes.put((byte) c);
      } else {
        throw new MalformedTargetException("the request target is not printable ASCII");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedTargetException("the request target is not UTF-8", e);
    }
  }
}
