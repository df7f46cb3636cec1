// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * Opens the body of content, at its beginning or at a later byte (RFC 9110, sections 14 and
 * 13.1.5): follows HTTP redirects if that is allowed, and checks the head of the response before a
 * byte of the body is read.
 */
final class ContentOpener {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

  private final URI url;
  private final PinSet pins;
  private final ContentExpectation expectation;
  private final HttpHops hops;
  private final ContentFetcher fetcher;

  ContentOpener(
      URI url, PinSet pins, ContentExpectation expectation, HttpHops hops, ContentFetcher fetcher) {
    this.url = url;
    this.pins = pins;
    this.expectation = expectation;
    this.hops = hops;
    this.fetcher = fetcher;
  }

  /**
   * A body to read.
   *
   * @param response the response; belongs to the caller
   * @param from the position in the content of the first byte
   * @param validator the validator to resume with, or null
   * @param ended whether the content ends at {@code from}
   */
  record Opened(ContentResponse response, long from, @Nullable String validator, boolean ended) {}

  /**
   * Opens the body at {@code from}, or at the beginning if the content has changed.
   *
   * @throws RedirectException if the response cannot be used
   * @throws BusyHostException if the same request may succeed later
   * @throws IOException if there is no response
   */
  Opened open(long from, @Nullable String validator) throws IOException {
    URI at = url;
    for (int hop = 0; ; hop++) {
      ContentResponse response =
          fetcher.fetch(new ContentRequest(at, pins, from, from == 0 ? null : validator));
      boolean kept = false;
      try {
        if (HttpHops.isRedirect(response)) {
          at = hops.next(response, at, hop);
          continue;
        }
        if (isChanged(response, validator)) {
          // The server ignored If-Range and sends a part of changed content.
          return open(0, null);
        }
        Opened opened = checked(response, at, from, validator);
        kept = true;
        return opened;
      } finally {
        if (!kept) {
          response.close();
        }
      }
    }
  }

  private Opened checked(ContentResponse response, URI at, long from, @Nullable String validator)
      throws IOException {
    int status = response.status();
    String coding = response.header("Content-Encoding");
    if (coding != null && !ContentCodings.isNone(coding)) {
      throw new RedirectException(
          RedirectFault.BAD_CONTENT,
          "The content host "
              + FetchFaults.place(at)
              + " sends the content with the coding "
              + PeerText.line(coding)
              + ", which was not requested.");
    }
    if (status == 200) {
      requireLength(response, at, expectation.size(), expectation.maxBytes());
      return new Opened(response, 0, Validators.strong(response), false);
    }
    if (from > 0 && status == 206) {
      return resumed(response, at, from, validator);
    }
    if (from > 0 && status == 416 && endsAt(response, from)) {
      return new Opened(response, from, validator, true);
    }
    throw failed(response, at);
  }

  private static IOException failed(ContentResponse response, URI at) {
    int status = response.status();
    RedirectException reason =
        new RedirectException(
            RedirectFault.STATUS,
            "The content host "
                + FetchFaults.place(at)
                + " responded with the status "
                + status
                + ".");
    return RetryAfter.isTransient(status)
        ? new BusyHostException(
            RetryAfter.of(response.header("Retry-After"), response.header("Date")), reason)
        : reason;
  }

  private Opened resumed(ContentResponse response, URI at, long from, @Nullable String validator)
      throws RedirectException {
    String range = response.header("Content-Range");
    Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range.trim());
    boolean fits = matcher.matches() && Long.parseLong(matcher.group(1)) == from;
    if (fits) {
      long last = Long.parseLong(matcher.group(2));
      fits = last >= from;
      if (!matcher.group(3).equals("*")) {
        long total = Long.parseLong(matcher.group(3));
        fits = fits && last == total - 1 && expectation.size().orElse(total) == total;
      }
    }
    if (!fits) {
      throw new RedirectException(
          RedirectFault.STATUS,
          "The content host "
              + FetchFaults.place(at)
              + " did not respond with the content from byte "
              + from
              + " on, as requested.");
    }
    OptionalLong rest =
        expectation.size().isPresent()
            ? OptionalLong.of(expectation.size().getAsLong() - from)
            : OptionalLong.empty();
    requireLength(response, at, rest, expectation.maxBytes() - from);
    return new Opened(response, from, validator, false);
  }

  private static boolean isChanged(ContentResponse response, @Nullable String validator) {
    String tag = response.header("ETag");
    return response.status() == 206
        && tag != null
        && validator != null
        && validator.startsWith("\"")
        && !tag.equals(validator);
  }

  private static boolean endsAt(ContentResponse response, long length) {
    String range = response.header("Content-Range");
    return range != null && range.trim().equalsIgnoreCase("bytes */" + length);
  }

  /** Refuses a length that contradicts what is expected before the body is read. */
  private static void requireLength(
      ContentResponse response, URI at, OptionalLong expected, long max) throws RedirectException {
    String text = response.header("Content-Length");
    if (text == null || !text.trim().matches("\\d{1,18}")) {
      return;
    }
    long length = Long.parseLong(text.trim());
    long limit = expected.orElse(max);
    if (length > limit || (expected.isPresent() && length < limit)) {
      throw new RedirectException(
          length > limit ? RedirectFault.TOO_LONG : RedirectFault.TOO_SHORT,
          "The content host "
              + FetchFaults.place(at)
              + " announces "
              + length
              + " bytes where "
              + (expected.isPresent() ? "" : "at most ")
              + limit
              + " belong.");
    }
  }
}
