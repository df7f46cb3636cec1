// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of stored content that a request wants.
 *
 * @param from the offset of the first byte
 * @param length how many bytes; negative if the content has none there
 * @param isPart whether the request names a part, and not all of the content
 */
record ByteRange(long from, long length, boolean isPart) {
  /** One range; an offset in a file has no more digits than this. */
  private static final Pattern ONE =
      Pattern.compile("bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*");

  /**
   * Reads a Range header for content of {@code size} bytes. A header that is malformed or names
   * several ranges is ignored, as RFC 9110, 14.2 allows: the result is all of the content.
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

  /** Returns whether the content has none of the bytes that are wanted. */
  boolean isUnsatisfiable() {
    return length < 0;
  }

  /** Returns the Content-Range header of this part of {@code size} bytes. */
  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
