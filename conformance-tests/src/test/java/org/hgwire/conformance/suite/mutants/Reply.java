// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.http.HttpFields;

/**
 * A response of a server.
 *
 * @param status the status code
 * @param fields the header fields
 * @param body the body
 */
record Reply(int status, HttpFields fields, ByteString body) {
  /** Returns a response of text. */
  static Reply text(int status, String text) {
    return of(status, "text/plain", ByteString.utf8(text));
  }

  static Reply of(int status, String type, ByteString body) {
    return new Reply(status, HttpFields.of("Content-Type", type), body);
  }

  /** Returns a response of frames. */
  static Reply framed(List<RawFrame> frames) {
    return of(200, HttpV2Api.FRAMING_MEDIA_TYPE, RawFrame.encode(frames));
  }

  String type() {
    return Objects.requireNonNullElse(fields.first("Content-Type"), "");
  }

  Reply withBody(ByteString other) {
    return new Reply(status, fields, other);
  }

  Reply withType(String other) {
    return of(status, other, body);
  }

  Reply withStatus(int other) {
    return new Reply(other, fields, body);
  }

  /** Returns whether the body is frames. */
  boolean isFramed() {
    return type().equals(HttpV2Api.FRAMING_MEDIA_TYPE);
  }

  /** Returns this response with other frames. */
  Reply withFrames(UnaryOperator<List<RawFrame>> change) {
    return isFramed() ? withBody(RawFrame.encode(change.apply(RawFrame.parse(body)))) : this;
  }
}
