// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds the end of a short HTTP response, of which it has a buffer. */
final class HttpResponseEnd {
  private static final int MAX_LENGTH = 64 * 1024;
  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";
  private static final String CLOSE = "\r\nconnection: close\r\n";
  private static final String SUCCESS = "http/1.1 200";

  private final ByteBuffer received = ByteBuffer.allocate(MAX_LENGTH);
  private String head = "";
  private boolean closed;

  /**
   * Reads what has arrived, and returns whether the response is complete.
   *
   * @throws IOException if it is an error or too long, or the connection was reset
   */
  boolean read(SocketChannel channel) throws IOException {
    if (!received.hasRemaining()) {
      throw new IOException("the response is longer than " + MAX_LENGTH + " bytes");
    }
    closed = channel.read(received) < 0;
    if (head.isEmpty()) {
      String text = text(0, received.position());
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      head = text.substring(0, end + 4).toLowerCase(Locale.ROOT);
      requireSuccess();
    }
    return isComplete();
  }

  private boolean isComplete() {
    int length = head.indexOf(LENGTH);
    if (length >= 0) {
      int begin = length + LENGTH.length();
      int bytes = Integer.parseInt(head.substring(begin, head.indexOf('\r', begin)).strip());
      return received.position() >= head.length() + bytes;
    }
    return head.contains(CHUNKED) ? hasLastChunk() : closed;
  }

  private boolean hasLastChunk() {
    int at = head.length();
    while (true) {
      int line = at;
      while (line + 1 < received.position() && received.get(line) != '\r') {
        line++;
      }
      if (line + 1 >= received.position()) {
        return false;
      }
      int bytes = Integer.parseInt(text(at, line), 16);
      at = line + 2 + bytes + 2;
      if (bytes == 0 || at > received.position()) {
        return at <= received.position();
      }
    }
  }

  /** Returns whether another request can follow on the connection. */
  boolean keepsConnection() {
    return !closed && !head.contains(CLOSE);
  }

  /** Returns whether the server closed the connection. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Checks that the response, if its head was read, is none of an error.
   *
   * @throws IOException if it is
   */
  void requireSuccess() throws IOException {
    if (!head.isEmpty() && !head.startsWith(SUCCESS)) {
      throw new IOException("the server responds: " + head.lines().findFirst().orElse(""));
    }
  }

  /** Prepares for the next response. */
  void clear() {
    received.clear();
    head = "";
  }

  private String text(int from, int to) {
    return new String(received.array(), from, to - from, StandardCharsets.ISO_8859_1);
  }
}
