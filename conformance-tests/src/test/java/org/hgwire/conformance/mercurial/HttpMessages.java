// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;

/** Splits the recorded bytes of one direction of an HTTP/1.x connection into messages. */
final class HttpMessages {
  private final byte[] bytes;
  private int at;

  HttpMessages(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One message.
   *
   * @param start the request or status line
   * @param headers the headers, with names in lower case
   * @param body the body without transfer coding
   */
  record Message(String start, Map<String, String> headers, ByteString body) {}

  boolean hasNext() {
    return at < bytes.length;
  }

  /** Returns the next message; a response without a length extends to the end. */
  Message next() {
    String start = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Message(start, headers, body(start, headers));
  }

  private ByteString body(String start, Map<String, String> headers) {
    String length = headers.get("content-length");
    if (length != null) {
      return take(Integer.parseInt(length));
    }
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.writeBytes(take(size).toByteArray());
        line();
      }
      line();
      return ByteString.copyOf(body.toByteArray());
    }
    return start.startsWith("HTTP/") ? take(bytes.length - at) : ByteString.empty();
  }

  private int chunkSize() {
    return Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
  }

  private ByteString take(int length) {
    int end = Math.min(at + length, bytes.length);
    ByteString taken = ByteString.copyOf(Arrays.copyOfRange(bytes, at, end));
    at = end;
    return taken;
  }

  private String line() {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    at = Math.min(end + 1, bytes.length);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
