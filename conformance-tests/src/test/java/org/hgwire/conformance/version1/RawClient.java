// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.core.ByteString;

/** Sends requests of version 1, as they are, and returns what was exchanged. */
final class RawClient {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Sends a recorded request to the server at {@code url}. */
  Exchange replay(URI url, Exchange recorded) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(recorded.target()))
            .method(
                recorded.method(),
                recorded.requestBody().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(recorded.requestBody().toByteArray()));
    recorded.requestHeaders().forEach(request::header);
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> headers = new TreeMap<>();
    response.headers().map().forEach((key, values) -> headers.put(key, String.join(", ", values)));
    return new Exchange(
        recorded.method(),
        recorded.target(),
        recorded.requestHeaders(),
        recorded.requestBody(),
        response.statusCode(),
        headers,
        ByteString.copyOf(response.body()));
  }

  /** Calls a command whose arguments are encoded already, with {@code media} as X-HgProto-1. */
  Exchange call(URI url, String command, String arguments, String media)
      throws IOException, InterruptedException {
    return call(url, "/", command, arguments, media);
  }

  /** Calls a command of the repository at {@code path}. */
  Exchange call(URI url, String path, String command, String arguments, String media)
      throws IOException, InterruptedException {
    Map<String, String> headers = new TreeMap<>();
    headers.put("x-hgproto-1", media);
    for (int at = 0; at < arguments.length(); at += 1024) {
      headers.put(
          "x-hgarg-" + (at / 1024 + 1),
          arguments.substring(at, Math.min(at + 1024, arguments.length())));
    }
    Exchange request =
        new Exchange(
            "GET",
            path + "?cmd=" + command,
            headers,
            ByteString.empty(),
            0,
            Map.of(),
            ByteString.empty());
    return replay(url, request);
  }

  /** Returns the text of the response to a command. */
  String text(URI url, String command, String arguments) throws IOException, InterruptedException {
    byte[] body = call(url, command, arguments, "0.1").responseBody().toByteArray();
    return new String(body, StandardCharsets.ISO_8859_1);
  }
}
