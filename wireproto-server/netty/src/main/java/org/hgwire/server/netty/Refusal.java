// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * A response by the adapter itself, to the last request of a connection.
 *
 * @param status the status
 * @param text the reason, for people: one line
 */
record Refusal(HttpResponseStatus status, String text) {
  static final Refusal MALFORMED =
      new Refusal(HttpResponseStatus.BAD_REQUEST, "the request is malformed");
  static final Refusal LINE_TOO_LONG =
      new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
  static final Refusal HEADER_TOO_LONG =
      new Refusal(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request header is too long");
  static final Refusal TOO_SLOW =
      new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, "the body of the request arrived too slowly");
  static final Refusal OVERLOADED =
      new Refusal(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "the server has too many requests; try again");
  static final Refusal OTHER_VERSION =
      new Refusal(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
          "this server speaks HTTP/1.1, and HTTP/2 on connections that begin with it");

  /** Returns why a request is refused before anything looks at it, or null if it is not. */
  static @Nullable Refusal of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return LINE_TOO_LONG;
      }
      return cause instanceof TooLongHttpHeaderException ? HEADER_TOO_LONG : MALFORMED;
    }
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals("HTTP")) {
      return MALFORMED;
    }
    return version.majorVersion() == 1 ? null : OTHER_VERSION;
  }
}
