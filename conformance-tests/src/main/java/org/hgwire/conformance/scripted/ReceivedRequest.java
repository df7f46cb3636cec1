// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * An HTTP request that a client made.
 *
 * @param method the method
 * @param target the path and the query
 * @param headers the headers, names in lower case; of several with one name, the values joined by
 *     commas
 * @param body the body, without transfer coding
 */
public record ReceivedRequest(
    String method, String target, Map<String, String> headers, ByteString body) {
  private static final int MAX_BODY = 1 << 24;
  private static final int MAX_LINE = 1 << 16;

  /** Copies the headers. */
  public ReceivedRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Reads a request.
   *
   * @throws IOException if it cannot be read, or is no request
   */
  static ReceivedRequest read(InputStream input) throws IOException {
    String[] start = line(input).split(" ", -1);
    if (start.length != 3) {
      throw new IOException("this is no HTTP request");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("this is no header: " + line);
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return new ReceivedRequest(start[0], start[1], headers, body(input, headers));
  }

  private static ByteString body(InputStream input, Map<String, String> headers)
      throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return exactly(input, Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    do {
      String head = line(input);
      int extension = head.indexOf(';');
      size = Integer.parseInt((extension < 0 ? head : head.substring(0, extension)).strip(), 16);
      all.writeBytes(exactly(input, size).toByteArray());
      line(input);
    } while (size > 0 && all.size() < MAX_BODY);
    return ByteString.copyOf(all.toByteArray());
  }

  private static ByteString exactly(InputStream input, int length) throws IOException {
    byte[] bytes = input.readNBytes(Math.min(length, MAX_BODY));
    if (bytes.length < length) {
      throw new IOException("the body of a request is cut, or too long");
    }
    return ByteString.copyOf(bytes);
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0 || line.size() > MAX_LINE) {
        throw new IOException("the head of a request is cut, or too long");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
