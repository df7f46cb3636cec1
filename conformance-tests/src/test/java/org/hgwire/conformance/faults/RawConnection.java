// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.ByteString;

/** A connection to a server to which a test writes every byte. */
final class RawConnection implements AutoCloseable {
  final Socket socket;
  final OutputStream out;
  final InputStream in;

  RawConnection(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** Sends the head of a request for {@code ro/COMMAND} with a body of {@code length} bytes. */
  RawConnection head(String command, long length) throws IOException {
    return send(
        ("POST /api/exp-http-v2-0003/ro/"
                + command
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Accept: application/mercurial-exp-framing-0006\r\n"
                + "Content-Type: application/mercurial-exp-framing-0006\r\nContent-Length: "
                + length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  RawConnection send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Returns all bytes up to the end of the connection. */
  byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /** Returns the response, which ends with the connection. */
  ServerResponse response() throws IOException {
    byte[] all = readToEnd();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no response, only " + text);
    }
    int status = Integer.parseInt(text.substring(9, 12));
    byte[] body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
    boolean chunked = text.substring(0, end).toLowerCase(java.util.Locale.ROOT).contains("chunked");
    return new ServerResponse(status, "", ByteString.copyOf(chunked ? unchunked(body) : body));
  }

  private static byte[] unchunked(byte[] body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int position = 0;
    while (true) {
      int line = position;
      while (body[line] != '\r') {
        line++;
      }
      String size = new String(body, position, line - position, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        return whole.toByteArray();
      }
      whole.write(body, line + 2, length);
      position = line + 2 + length + 2;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
