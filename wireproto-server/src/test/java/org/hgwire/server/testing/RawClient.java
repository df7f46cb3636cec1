// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client of HTTP/1.1 that sends what a test spells, and reads when a test says so. */
public final class RawClient implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * A response.
   *
   * @param status the status code
   * @param fields the header fields, with lower-case names; of several with one name the last
   * @param body the body as ISO-8859-1, a byte per character
   * @param complete whether the end of the body was found
   */
  public record Response(int status, Map<String, String> fields, String body, boolean complete) {}

  /** Connects to a server. */
  public RawClient(HttpAdapter.RunningServer server) throws IOException {
    socket = new Socket();
    // A small window: what a server cannot send waits in the server.
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends text, a byte per character. */
  public void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Sends the end of the stream; the other direction stays open. */
  public void sendEnd() throws IOException {
    socket.shutdownOutput();
  }

  /** Lets {@link #close} reset the connection, as one does that vanishes. */
  public void resetOnClose() throws SocketException {
    socket.setSoLinger(true, 0);
  }

  /** Reads a response to a request that is not HEAD. */
  public Response read() throws IOException {
    return read(true);
  }

  /** Reads a response; {@code withBody} is false for one to HEAD. */
  public Response read(boolean withBody) throws IOException {
    String line = line();
    int status = Integer.parseInt(line.split(" ", -1)[1]);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    if (!withBody || status < 200 || status == 204 || status == 304) {
      return new Response(status, fields, "", true);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete = readBody(fields, body);
    return new Response(status, fields, body.toString(StandardCharsets.ISO_8859_1), complete);
  }

  private boolean readBody(Map<String, String> fields, ByteArrayOutputStream body) {
    try {
      if ("chunked".equalsIgnoreCase(fields.get("transfer-encoding"))) {
        return readChunks(body);
      }
      String length = fields.get("content-length");
      if (length != null) {
        return copy(Integer.parseInt(length), body);
      }
      in.transferTo(body);
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private boolean readChunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      int size = Integer.parseInt(line(), 16);
      if (size > 0 && !copy(size, body)) {
        return false;
      }
      if (!line().isEmpty()) {
        return false;
      }
      if (size == 0) {
        return true;
      }
    }
  }

  private boolean copy(int size, ByteArrayOutputStream into) throws IOException {
    byte[] bytes = in.readNBytes(size);
    into.writeBytes(bytes);
    return bytes.length == size;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended in a line");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads and drops so many bytes. */
  public void skip(int bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  /** Reads to the end of the connection and returns whether it came within the socket's timeout. */
  public boolean isEnded() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException timeout) {
      return false;
    }
  }

  /** Reads all that still comes, and returns whether its last bytes end a chunked body. */
  public boolean endsWithLastChunk() {
    String end = "";
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String all = end + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        end = all.substring(Math.max(0, all.length() - 5));
      }
    } catch (IOException cut) {
      return false;
    }
    return end.equals("0\r\n\r\n");
  }

  /**
   * Returns how many bytes the server took of {@code offered}, when it has stopped to take more.
   */
  public long offer(long offered) throws IOException, InterruptedException {
    byte[] piece = new byte[16 * 1024];
    long[] taken = new long[1];
    Thread sender =
        new Thread(
            () -> {
              try {
                while (taken[0] < offered) {
                  out.write(piece);
                  synchronized (taken) {
                    taken[0] += piece.length;
                  }
                }
              } catch (IOException closed) {
                // The test closes the connection.
              }
            });
    sender.setDaemon(true);
    sender.start();
    long before = -1;
    long now = 0;
    while (now != before) {
      before = now;
      Thread.sleep(700);
      synchronized (taken) {
        now = taken[0];
      }
    }
    return now;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
