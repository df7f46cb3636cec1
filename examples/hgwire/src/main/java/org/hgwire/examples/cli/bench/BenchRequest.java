// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * A request that is sent to several servers alike.
 *
 * @param target what follows the URL of the repository
 * @param fields its header fields
 * @param body its body; a GET request has none
 * @param framed whether the response has frames, as those of version 2 have
 */
record BenchRequest(String target, Map<String, String> fields, ByteString body, boolean framed) {
  private static final int BUFFER = 64 * 1024;

  /**
   * What became of it.
   *
   * @param bytes the length of the body of the response
   * @param firstSeconds the time until the first object came; 0 if there are no frames
   */
  record Result(long bytes, double firstSeconds) {}

  /** Returns the request as it is sent over HTTP/1.1. */
  ByteBuffer toHttp(URI repository) {
    StringBuilder head = new StringBuilder(body.isEmpty() ? "GET " : "POST ");
    head.append(repository.getRawPath()).append(target).append(" HTTP/1.1\r\nHost: ");
    head.append(repository.getRawAuthority()).append("\r\n");
    fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(bytes.length + body.length())
        .put(bytes)
        .put(body.asByteBuffer())
        .flip();
  }

  /**
   * Sends the request, and reads the response to its end.
   *
   * @throws ServerBusyException if the server asks to send it later
   * @throws IOException if the response is an error, or incomplete
   */
  Result send(URI repository) throws IOException {
    long begin = System.nanoTime();
    HttpURLConnection http =
        (HttpURLConnection) URI.create(repository + target).toURL().openConnection();
    fields.forEach(http::setRequestProperty);
    if (!body.isEmpty()) {
      http.setDoOutput(true);
      http.setFixedLengthStreamingMode(body.length());
      try (OutputStream out = http.getOutputStream()) {
        out.write(body.toByteArray());
      }
    }
    int status = http.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      String problem = repository + target + ": status " + status;
      int retry = http.getHeaderFieldInt("Retry-After", -1);
      throw retry < 0 ? new IOException(problem) : new ServerBusyException(problem, retry);
    }
    long bytes = 0;
    long first = 0;
    ResponseFrames frames = new ResponseFrames();
    try (InputStream in = http.getInputStream()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (framed) {
          frames.add(ByteBuffer.wrap(buffer, 0, read));
          if (first == 0 && frames.hasObject()) {
            first = System.nanoTime() - begin;
          }
        }
      }
    }
    return new Result(bytes, first / 1e9);
  }
}
