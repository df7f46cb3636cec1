// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.transcript.Transcript;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameNotation;

/** What real peers sent to each other, from the transcripts. */
final class RecordedVectors {
  private static final List<String> VERSION_2 =
      List.of(
          "clone-identity",
          "clone-zlib",
          "clone-zstd-8mb",
          "commands-identity",
          "commands-zlib",
          "commands-zstd-8mb",
          "errors");

  private RecordedVectors() {}

  static Stream<Vector> requests() {
    return vectors("request-body");
  }

  static Stream<Vector> responses() {
    List<Vector> bodies = vectors("response-body").toList();
    return Stream.concat(
        bodies.stream(),
        bodies.stream()
            .filter(body -> !body.id().contains("-z"))
            .flatMap(RecordedVectors::commandResponses));
  }

  static Stream<Vector> handshakes() {
    Exchange version2 = Transcript.named("clone-identity").exchanges().get(0);
    return Stream.concat(
        Stream.of(
            Vector.of(
                "recorded/5.6.1/handshake",
                "a server of version 2",
                "handshake",
                version2.responseBody(),
                "recorded from Mercurial 5.6.1")),
        Stream.of("5.6.1", "6.3.2", "7.0.1", "7.2.4")
            .map(
                version ->
                    text(
                        version,
                        Transcript.named("version1/" + version + "/clone").exchanges().get(0))));
  }

  private static Vector text(String version, Exchange exchange) {
    ByteString body = exchange.responseBody();
    return Vector.of(
            "recorded/" + version + "/capabilities",
            "a server of version 1",
            "capabilities-1",
            body,
            "recorded from Mercurial " + version)
        .noted(List.of(body.utf8().strip()));
  }

  private static Stream<Vector> vectors(String decoder) {
    List<Vector> vectors = new ArrayList<>();
    for (String name : VERSION_2) {
      int number = 0;
      for (Exchange exchange : Transcript.named(name).exchanges()) {
        number++;
        if (exchange.method().equals("POST")) {
          vectors.add(vector(name, number, decoder, exchange));
        }
      }
    }
    return vectors.stream();
  }

  private static Vector vector(String name, int number, String decoder, Exchange exchange) {
    boolean request = decoder.equals("request-body");
    ByteString body = request ? exchange.requestBody() : exchange.responseBody();
    String target = exchange.target();
    String command = target.substring(target.lastIndexOf('/') + 1);
    String id = String.format(Locale.ROOT, "recorded/%s/%02d-%s", name, number, command);
    Vector vector =
        Vector.of(
                id + (request ? "/request" : "/response"),
                (request ? "a request for " : "the response to ") + command,
                decoder,
                body,
                "recorded from Mercurial 5.6.1")
            .noted(frames(body));
    if (!request) {
      vector.setting().putArray("accepted").add("zstd-8mb").add("zlib").add("identity");
      for (JsonNode event : events("request-body", exchange.requestBody())) {
        if (event.has("command")) {
          vector
              .setting()
              .withArray("requests")
              .addObject()
              .put("request", event.path("request").asInt())
              .put("command", event.path("command").asText());
        }
      }
    }
    return vector;
  }

  /** Returns the bytes of the responses in a body, request by request. */
  private static Stream<Vector> commandResponses(Vector body) {
    Outcome outcome =
        VectorDecoder.named("response-body")
            .decode(List.of(body.input().asByteBuffer()), WireLimits.defaults(), body.setting());
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode sent : body.setting().path("requests")) {
      StringBuilder data = new StringBuilder();
      for (JsonNode event : outcome.events) {
        if (event.path("event").asText().equals("response-data")
            && event.path("request").equals(sent.path("request"))) {
          data.append(event.path("data").asText());
        }
      }
      if (!data.isEmpty()) {
        vectors.add(
            Vector.of(
                body.id().replace("/response", "/objects-" + sent.path("request").asInt()),
                "the objects that " + sent.path("command").asText() + " returns",
                "command-response",
                ByteString.fromHex(data.toString()),
                body.source()));
      }
    }
    return vectors.stream();
  }

  private static Iterable<JsonNode> events(String decoder, ByteString input) {
    List<ByteBuffer> pieces = List.of(input.asByteBuffer());
    Outcome outcome =
        VectorDecoder.named(decoder)
            .decode(pieces, WireLimits.defaults(), new Outcome().add("none"));
    return outcome.events;
  }

  private static List<String> frames(ByteString body) {
    List<String> lines = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler frames = new FrameAssembler(decoder);
    decoder.feed(body.asByteBuffer());
    for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
      lines.add(FrameNotation.print(frame));
    }
    return lines;
  }
}
