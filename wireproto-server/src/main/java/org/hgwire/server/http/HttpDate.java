// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates in the form of HTTP (RFC 9110, 5.6.7). */
public final class HttpDate {
  // Not RFC_1123_DATE_TIME, which writes days below 10 with one digit.
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** Returns the present, for the field {@code Date}: {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String now() {
    return of(Instant.now());
  }

  static String of(Instant time) {
    return FORM.format(time);
  }
}
