// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;

/** Reads one HTTP response: its head, and a body that is chunked, of known length, or ends last. */
final class ResponseReader {
  /** Fixed: no server under test has a reason to send a longer head or body. */
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_BODY = 64 * 1024 * 1024;

  private final InputStream input;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  ResponseReader(InputStream input) {
    this.input = new BufferedInputStream(input);
  }

  HttpResponse read(boolean withoutBody) throws IOException {
    if (isClosed()) {
      return HttpResponse.none();
    }
    int status = status();
    while (status == 100) {
      headers();
      status = status();
    }
    Map<String, String> headers = headers();
    boolean none = withoutBody || status == 204 || status == 304;
    try {
      if (!none) {
        readBody(headers);
      }
      return new HttpResponse(status, headers, ByteString.copyOf(body.toByteArray()), null);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      return new HttpResponse(status, headers, ByteString.copyOf(body.toByteArray()), why);
    }
  }

  private boolean isClosed() throws IOException {
    input.mark(1);
    try {
      if (input.read() < 0) {
        return true;
      }
    } catch (SocketException reset) {
      return true;
    }
    input.reset();
    return false;
  }

  private int status() throws IOException {
    String line = line();
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("the response begins with \"" + line + "\", which is not HTTP");
    }
    return Integer.parseInt(words[1]);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("the response has a header without a colon: \"" + line + "\"");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (first, next) -> first + ", " + next);
    }
    return headers;
  }

  private void readBody(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      readChunks();
    } else if (length != null) {
      if (!length.matches("[0-9]{1,15}")) {
        throw new IOException("content-length is \"" + length + "\"");
      }
      readBytes(Long.parseLong(length));
    } else {
      readRest();
    }
  }

  private void readChunks() throws IOException {
    while (true) {
      String size = line().split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new IOException("the size of a chunk is \"" + size + "\"");
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        headers();
        return;
      }
      readBytes(length);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than its size says");
      }
    }
  }

  private void readBytes(long count) throws IOException {
    requireRoom(count);
    byte[] buffer = new byte[8192];
    for (long left = count; left > 0; ) {
      int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("the response ends " + left + " bytes early");
      }
      body.write(buffer, 0, read);
      left -= read;
    }
  }

  private void readRest() throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      requireRoom(read);
      body.write(buffer, 0, read);
    }
  }

  private void requireRoom(long count) throws IOException {
    if (body.size() + count > MAX_BODY) {
      throw new IOException("the body is longer than " + MAX_BODY + " bytes");
    }
  }

  /** Returns the next line without its end, in ISO 8859-1. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed within the head of the response");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("a line of the head is longer than " + MAX_LINE + " bytes");
      }
      line.append((char) next);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }
}
