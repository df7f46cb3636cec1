// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.hgwire.conformance.faults.Conversation;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;

/** Sends single requests of version 2 over connections that are kept. */
final class Version2Client {
  private static final String MEDIA = "application/mercurial-exp-framing-0006";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * The response to one request.
   *
   * @param objects the objects without the status
   * @param error what failed, or null
   */
  record Response(List<CborValue> objects, @Nullable String error) {}

  /** Calls a command of the server at {@code url}. */
  Response call(URI url, CommandRequest request) throws IOException, InterruptedException {
    try (Conversation conversation = new Conversation("identity", "identity")) {
      Conversation.Outcome outcome = conversation.call(request);
      HttpRequest post =
          HttpRequest.newBuilder(url.resolve("api/exp-http-v2-0003/ro/" + request.name().utf8()))
              .timeout(Duration.ofSeconds(20))
              .header("Accept", MEDIA)
              .header("Content-Type", MEDIA)
              .POST(HttpRequest.BodyPublishers.ofByteArray(conversation.output()))
              .build();
      HttpResponse<byte[]> response;
      try {
        response = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
      } catch (HttpTimeoutException e) {
        return new Response(List.of(), "no response");
      }
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (response.statusCode() != 200 || !type.equals(MEDIA)) {
        return new Response(List.of(), "status " + response.statusCode() + " " + type);
      }
      conversation.read(ByteString.copyOf(response.body()));
      return outcome.error() == null
          ? response(outcome.objects())
          : new Response(List.of(), outcome.error().message().render(1000));
    }
  }

  private static Response response(List<CborValue> objects) {
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i) instanceof CborMap map && map.get("error") instanceof CborMap error) {
        return new Response(
            objects.subList(Math.min(1, i), i), Objects.toString(error.get("message")));
      }
    }
    return new Response(objects.subList(Math.min(1, objects.size()), objects.size()), null);
  }
}
