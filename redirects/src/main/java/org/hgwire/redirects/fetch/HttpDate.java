// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads dates of HTTP, also in the two obsolete forms (RFC 9110, section 5.6.7). */
final class HttpDate {
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
  private static final DateTimeFormatter RFC_850 =
      DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private HttpDate() {}

  /** Returns the time, or null if {@code text} is null or not a date. */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, FIXED).toInstant();
    } catch (DateTimeException e) {
      DateTimeFormatter obsolete = text.indexOf('-') < 0 ? ASCTIME : RFC_850;
      try {
        return LocalDateTime.parse(text, obsolete).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException none) {
        return null;
      }
    }
  }
}
