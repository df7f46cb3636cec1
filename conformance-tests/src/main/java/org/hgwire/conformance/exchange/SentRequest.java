// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * An HTTP request, of which every byte is known.
 *
 * @param method the method
 * @param target what stands behind it: an absolute path and a query
 * @param headers the headers, names as they are sent, in their order; {@code host}, {@code
 *     connection} and, where there is a body, {@code content-length} are added unless they are
 *     given
 * @param body the body
 * @param sentBytes how many bytes of the body are sent before the connection is half closed
 */
public record SentRequest(
    String method, String target, Map<String, String> headers, ByteString body, int sentBytes) {
  /** Copies the headers. */
  public SentRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    if (sentBytes < 0 || sentBytes > body.length()) {
      throw new IllegalArgumentException(
          "cannot send " + sentBytes + " of " + body.length() + " bytes");
    }
  }

  private static void addIfAbsent(Map<String, String> headers, String name, String value) {
    if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
      headers.put(name, value);
    }
  }

  /** Returns whether the connection is half closed before the end of the body. */
  public boolean isCut() {
    return sentBytes < body.length();
  }

  /** Returns the request with more headers, which those that it has override. */
  public SentRequest withDefaults(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    defaults.forEach((name, value) -> addIfAbsent(all, name, value));
    return new SentRequest(method, target, all, body, sentBytes);
  }

  /** Returns the request with another target. */
  public SentRequest withTarget(String other) {
    return new SentRequest(method, other, headers, body, sentBytes);
  }

  /**
   * Returns the bytes on the wire of a request to {@code host}. A header without value is left out.
   */
  byte[] encode(String host) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    addIfAbsent(all, "host", host);
    addIfAbsent(all, "connection", "close");
    if (!body.isEmpty() || method.equals("POST")) {
      addIfAbsent(all, "content-length", Integer.toString(body.length()));
    }
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            head.append(name).append(": ").append(value).append("\r\n");
          }
        });
    head.append("\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(body.toByteArray(), 0, sentBytes);
    return bytes.toByteArray();
  }
}
