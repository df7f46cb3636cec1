// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.redirects.fetch.RetryAfter;

/** Makes the error for an HTTP status that is not success. */
final class StatusFaults {
  /** How long the text of an error is read, which only explains its status. */
  private static final Duration TEXT_PATIENCE = Duration.ofSeconds(2);

  private StatusFaults() {}

  /** Returns the error for {@code response}, whose status is not 2xx or 3xx. */
  static PeerException of(HttpTransport.Response response, URI url) {
    int status = response.status();
    String place = TransportFaults.place(url);
    String said = said(response);
    return switch (status) {
      case 401 ->
          new AuthenticationRequiredException(
              status, required(place, response.headers("WWW-Authenticate"), said), null);
      case 407 ->
          new AuthenticationRequiredException(
              status, required("The proxy", response.headers("Proxy-Authenticate"), ""), null);
      case 403 ->
          new HttpStatusException(
              status, place + " does not allow this user to do this (403)" + said + ".", null);
      case 413 -> RequestTooLargeException.refused(place, said);
      case 404 ->
          new HttpStatusException(
              status, "Nothing is at " + url + " (404); check the address" + said + ".", null);
      default -> other(response, place, said);
    };
  }

  private static String required(String who, List<String> challenges, String said) {
    String schemes = AuthenticationSchemes.otherThanBasic(challenges);
    return schemes == null
        ? who + " requires a valid user and password" + said + "."
        : who
            + " requires authentication with "
            + schemes
            + ", which is not supported"
            + said
            + "; basic authentication is, and a header that the caller adds, such as one with a"
            + " token.";
  }

  private static HttpStatusException other(
      HttpTransport.Response response, String place, String said) {
    int status = response.status();
    Duration wait = RetryAfter.of(response.header("Retry-After"), response.header("Date"));
    String advice =
        !wait.isZero()
            ? "; try again in " + Math.max(1, wait.toSeconds()) + " s."
            : RetryAfter.isTransient(status) || status >= 500
                ? "; try again later, or report this to the server's administrator."
                : ".";
    return new HttpStatusException(
        status, wait, place + " responded with the HTTP status " + status + said + advice, null);
  }

  /** Returns the text of a response in plain text, in brackets, or nothing. */
  private static String said(HttpTransport.Response response) {
    String type = ContentType.of(response.header("Content-Type"));
    if (!type.equals("text/plain") && !type.equals(HttpV2Api.ERROR_MEDIA_TYPE)) {
      return "";
    }
    String text = text(response);
    return text.isEmpty() ? "" : " (it says: " + text + ")";
  }

  /** Reads the start of the body as one line of text; as much of it as comes soon. */
  static String text(HttpTransport.Response response) {
    SmallBody start = new SmallBody();
    try {
      start.read(response, PeerText.MAX_LINE, TEXT_PATIENCE);
    } catch (IOException e) {
      // What came before is shown: the error is reported all the same.
    }
    return PeerText.line(new String(start.bytes(), StandardCharsets.UTF_8));
  }
}
