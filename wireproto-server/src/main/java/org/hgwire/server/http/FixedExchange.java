// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An exchange whose response follows from the head of the request: it does not read the body. No
 * cache keeps the response, unless its fields allow it.
 */
final class FixedExchange implements ResponseOnlyExchange {
  private static final String DENIED = "permission denied";
  private static final String FAILED =
      "internal server error; see the server log, or report this to the server's administrator\n";

  private final ResponseHead head;
  private @Nullable ByteBuffer body;

  private FixedExchange(ResponseHead head, ByteBuffer body) {
    this.head = withCacheControl(head);
    this.body = body.hasRemaining() ? body : null;
  }

  /** RFC 9111, 4.2.2: without it, caches may keep responses such as 301, 404, 405, 414 and 501. */
  private static ResponseHead withCacheControl(ResponseHead head) {
    return head.fields().first("Cache-Control") == null
        ? new ResponseHead(
            head.status(), head.fields().with("Cache-Control", "no-store"), head.length())
        : head;
  }

  /** Returns an exchange that responds with {@code text}, in UTF-8. */
  static FixedExchange text(int status, String text) {
    return text(status, HttpFields.of("Content-Type", "text/plain"), text);
  }

  /** Returns an exchange that responds with {@code text}, in UTF-8, and these header fields. */
  static FixedExchange text(int status, HttpFields fields, String text) {
    return of(status, fields, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the response to a caller that may not do what it asked for. */
  static FixedExchange refused() {
    return text(403, DENIED);
  }

  /** Returns the response to a caller that has to authenticate. */
  static FixedExchange authenticationRequired(String challenge) {
    return text(
        401,
        HttpFields.of("Content-Type", "text/plain").with("WWW-Authenticate", challenge),
        DENIED);
  }

  /** Returns the response of a server that failed. */
  static FixedExchange failed() {
    return text(500, FAILED);
  }

  /** Returns the response of a server that can do no more now. */
  static FixedExchange overloaded(String text) {
    return text(
        ServerBudget.STATUS,
        HttpFields.of("Content-Type", "text/plain")
            .with("Retry-After", String.valueOf(ServerBudget.RETRY_AFTER_SECONDS)),
        text);
  }

  /** Returns an exchange that responds with {@code bytes} of {@code mediaType}. */
  static FixedExchange bytes(String mediaType, ByteString bytes) {
    return bytes(HttpFields.of("Content-Type", mediaType), bytes);
  }

  /** Returns an exchange that responds with {@code bytes} and these header fields. */
  static FixedExchange bytes(HttpFields fields, ByteString bytes) {
    return of(200, fields, bytes.asByteBuffer());
  }

  /**
   * Returns an exchange that responds without a body.
   *
   * @param length the declared length of the body; for some statuses that of a body that is not
   *     sent
   */
  static FixedExchange empty(int status, HttpFields fields, long length) {
    return new FixedExchange(
        new ResponseHead(status, fields, OptionalLong.of(length)), ByteBuffer.allocate(0));
  }

  private static FixedExchange of(int status, HttpFields fields, ByteBuffer body) {
    return new FixedExchange(
        new ResponseHead(status, fields, OptionalLong.of(body.remaining())), body);
  }

  /**
   * Returns the same response without its body, for a HEAD request. The length is that of the body
   * that a GET request gets (RFC 9110, 8.6).
   */
  FixedExchange withoutBody() {
    return new FixedExchange(head, ByteBuffer.allocate(0));
  }

  /** Returns the body as text, as long as it has not been returned. */
  String text() {
    ByteBuffer whole = body;
    return whole == null ? "" : StandardCharsets.UTF_8.decode(whole.duplicate()).toString();
  }

  @Override
  public ResponseHead responseHead() {
    return head;
  }

  @Override
  public @Nullable ByteBuffer nextOutput() {
    ByteBuffer whole = body;
    body = null;
    return whole;
  }

  @Override
  public boolean finished() {
    return body == null;
  }

  @Override
  public void close() {}
}
