// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;

/** Says what an HTTP status that is not success means to the caller. */
final class StatusFaults {
  private StatusFaults() {}

  /** Returns the error for {@code response}, whose status is not 2xx or 3xx. */
  static PeerException of(HttpTransport.Response response, URI url) {
    int status = response.status();
    String place = TransportFaults.place(url);
    String said = said(response);
    return switch (status) {
      case 401 ->
          new AuthenticationRequiredException(
              status, place + " asks for a user and a password it accepts" + said + ".", null);
      case 407 ->
          new AuthenticationRequiredException(
              status, "The proxy asks for a user and a password it accepts.", null);
      case 403 ->
          new HttpStatusException(
              status, place + " does not allow this to this user (403)" + said + ".", null);
      case 404 ->
          new HttpStatusException(
              status, "Nothing is at " + url + " (404); check the address" + said + ".", null);
      default ->
          new HttpStatusException(
              status,
              place
                  + " answered with the HTTP status "
                  + status
                  + said
                  + (status >= 500 ? "; try again later, or ask who runs it." : "."),
              null);
    };
  }

  /** Returns what a text answer says, in brackets, or nothing. */
  private static String said(HttpTransport.Response response) {
    String type = ContentType.of(response.header("Content-Type"));
    if (!type.equals("text/plain") && !type.equals(HttpV2Api.ERROR_MEDIA_TYPE)) {
      return "";
    }
    String text = text(response);
    return text.isEmpty() ? "" : " (it says: " + text + ")";
  }

  /** Reads the start of the body as one line of text; an error of reading ends it. */
  static String text(HttpTransport.Response response) {
    try {
      byte[] start = response.body().readNBytes(PeerText.MAX_LINE);
      return PeerText.line(new String(start, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "";
    }
  }
}
