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

/**
 * The parts of an HTTP/1.1 message, read from a connection: lines and headers, and bodies that are
 * chunked, of known length, or end with the connection. A body that is cut is kept as far as it
 * came.
 */
public final class HttpInput {
  /** Fixed: no peer under test has a reason to send a longer head or body. */
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_BODY = 64 * 1024 * 1024;

  private final InputStream input;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Reads from {@code input}, which it does not close. */
  public HttpInput(InputStream input) {
    this.input = new BufferedInputStream(input);
  }

  /** Returns what came of the body so far. */
  public byte[] body() {
    return body.toByteArray();
  }

  /** Returns whether the connection was closed before a message. */
  boolean isClosed() throws IOException {
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

  /**
   * Returns the next line of the head without its end, in ISO 8859-1.
   *
   * @throws IOException if it is cut or too long
   */
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed within the head of a message");
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

  /**
   * Returns the headers up to the empty line: names in lower case, the values of several with one
   * name joined by commas.
   *
   * @throws IOException if they cannot be read
   */
  public Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("a header has no colon: \"" + line + "\"");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (first, next) -> first + ", " + next);
    }
    return headers;
  }

  /**
   * Reads a body whose form the headers tell.
   *
   * @return whether they do; if not, nothing was read
   * @throws IOException if the body is malformed, cut or too long
   */
  public boolean readBody(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      readChunks();
    } else if (length == null) {
      return false;
    } else if (length.matches("[0-9]{1,15}")) {
      readBytes(Long.parseLong(length));
    } else {
      throw new IOException("content-length is \"" + length + "\"");
    }
    return true;
  }

  /** Reads a body that ends with the connection. */
  void readRest() throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      requireRoom(read);
      body.write(buffer, 0, read);
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
        throw new EOFException("the body ends " + left + " bytes early");
      }
      body.write(buffer, 0, read);
      left -= read;
    }
  }

  private void requireRoom(long count) throws IOException {
    if (body.size() + count > MAX_BODY) {
      throw new IOException("the body is longer than " + MAX_BODY + " bytes");
    }
  }

  /** Reads and drops all that still comes. */
  public void drain() throws IOException {
    byte[] buffer = new byte[8192];
    while (input.read(buffer) >= 0) {
      // Nothing of it is kept.
    }
  }
}
