// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a content that a request asks for.
 *
 * @param from the first byte
 * @param length how many bytes; negative if there are none there
 * @param isPart whether it is named by the request, and not all there is
 */
record ByteRange(long from, long length, boolean isPart) {
  /** One range; more digits than this are no offset of a file. */
  private static final Pattern ONE =
      Pattern.compile("bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*");

  /**
   * Reads a Range header for a content of {@code size} bytes. What is no range, or several, is
   * passed over as RFC 9110, 14.2 allows: then it is all.
   */
  static ByteRange of(@Nullable String header, long size) {
    ByteRange all = new ByteRange(0, size, false);
    Matcher parts = ONE.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return all;
    }
    String first = parts.group(1);
    String last = parts.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return all;
      }
      long suffix = Math.min(size, Long.parseLong(last));
      return new ByteRange(size - suffix, suffix == 0 ? -1 : suffix, true);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return all;
    }
    return new ByteRange(from, from >= size ? -1 : Math.min(to, size - 1) - from + 1, true);
  }

  /** Returns whether the content has none of the bytes that are asked for. */
  boolean isUnsatisfiable() {
    return length < 0;
  }

  /** Returns the Content-Range header of this part of {@code size} bytes. */
  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
