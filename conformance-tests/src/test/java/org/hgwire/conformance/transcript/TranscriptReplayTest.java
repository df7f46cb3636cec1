// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a real hg sent to a real hg, read by our reactors, without any hg.
 *
 * <p>{@code TwelveCommandsTest} shows that our server responds to the same calls with the same
 * objects; the repository of the transcripts is one that only hg can create.
 */
final class TranscriptReplayTest {
  private static final WireLimits LIMITS = WireLimits.defaults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clone-zstd-8mb",
        "clone-zlib",
        "clone-identity",
        "commands-zstd-8mb",
        "commands-zlib",
        "commands-identity",
        "errors"
      })
  void textOfATranscriptRoundTrips(String name) {
    Transcript transcript = Transcript.named(name);

    assertThat(transcript.exchanges()).hasSizeGreaterThan(4);
    assertThat(Transcript.parse(transcript.print("again"))).isEqualTo(transcript);
  }

  @Test
  void serverCapabilitiesAreParsed() {
    for (String name : List.of("clone-zstd-8mb", "commands-identity")) {
      Exchange handshake = Transcript.named(name).exchanges().get(0);
      CborMap response =
          (CborMap) CborDecoder.decodeOne(handshake.responseBody().asByteBuffer(), LIMITS);
      CborMap apis = (CborMap) Objects.requireNonNull(response.get("apis"));
      ServerCapabilities capabilities =
          ServerCapabilities.read(Objects.requireNonNull(apis.get("exp-http-v2-0003")));

      assertThat(capabilities.commands()).hasSize(12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone", "commands"})
  void allEncodingsCarryTheSameResponses(String what) {
    List<List<String>> identity = responses(what + "-identity");

    assertThat(identity).isNotEmpty().allSatisfy(objects -> assertThat(objects).isNotEmpty());
    assertThat(responses(what + "-zlib")).isEqualTo(identity);
    assertThat(responses(what + "-zstd-8mb")).isEqualTo(identity);
  }

  @Test
  void cloneCallsCommandsInTheExpectedOrder() {
    List<String> names = new ArrayList<>();
    for (Exchange exchange : framed("clone-zstd-8mb")) {
      requests(exchange).values().forEach(request -> names.add(request.name().utf8()));
    }

    assertThat(names)
        .containsExactly("heads", "known", "changesetdata", "manifestdata", "filesdata");
  }

  @Test
  void allTwelveCommandsAreRecorded() {
    List<String> names = new ArrayList<>();
    for (Exchange exchange : framed("commands-zlib")) {
      requests(exchange).values().forEach(request -> names.add(request.name().utf8()));
    }

    assertThat(names)
        .contains("branchmap", "capabilities", "changesetdata", "filedata", "filesdata", "heads")
        .contains("known", "listkeys", "lookup", "manifestdata", "pushkey", "rawstorefiledata");
  }

  @Test
  void refusedCallsAreErrorsInBothForms() {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (Exchange exchange : framed("errors")) {
      String name = Objects.requireNonNull(requests(exchange).get(1)).name().utf8();
      errors.computeIfAbsent(name, key -> new ArrayList<>()).addAll(read(exchange));
    }

    assertThat(errors.get("lookup")).containsExactly("error: unknown revision 'no such thing'");
    assertThat(errors.get("listkeys"))
        .containsExactly("failed: missing required arguments: namespace");
    assertThat(errors.get("filedata")).first().isEqualTo("failed: unknown file: no/such/file");
    assertThat(errors.get("rawstorefiledata"))
        .containsExactly("failed: unknown file type: nonsense");
  }

  private static List<Exchange> framed(String name) {
    return Transcript.named(name).exchanges().stream()
        .filter(exchange -> exchange.method().equals("POST"))
        .toList();
  }

  private static List<List<String>> responses(String name) {
    return framed(name).stream().map(TranscriptReplayTest::read).toList();
  }

  /** Reads the request with the server's reactor: the requests by id. */
  private static Map<Integer, CommandRequest> requests(Exchange exchange) {
    Map<Integer, CommandRequest> requests = new LinkedHashMap<>();
    try (ServerReactor reactor = new ServerReactor(LIMITS, ContentEncodings.standard())) {
      reactor.receive(exchange.requestBody().asByteBuffer());
      for (ServerEvent event = reactor.poll(); event != null; event = reactor.poll()) {
        if (event instanceof ServerEvent.CommandReceived received) {
          requests.put(received.requestId(), received.request());
        } else {
          assertThat(event).isInstanceOf(ServerEvent.SenderSettingsReceived.class);
        }
      }
    }
    return requests;
  }

  /** Reads the response with the client's reactor: its objects and errors as text. */
  private static List<String> read(Exchange exchange) {
    List<String> objects = new ArrayList<>();
    Map<Integer, ResponseDecoder> decoders = new LinkedHashMap<>();
    ContentEncodings encodings = ContentEncodings.standard();
    try (ClientReactor reactor =
        new ClientReactor(
            LIMITS, encodings, ContentEncodings.named("identity").preferred().get(0))) {
      requests(exchange)
          .forEach(
              (id, request) ->
                  decoders.put(reactor.call(request, false), ResponseDecoder.ofResponse(LIMITS)));
      reactor.receive(exchange.responseBody().asByteBuffer());
      for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
        if (event instanceof ClientEvent.ResponseReceived received) {
          ResponseDecoder decoder = decoder(decoders, received.requestId());
          decoder.feed(received.data());
          for (ResponseEvent part = decoder.poll(); part != null; part = decoder.poll()) {
            objects.add(text(part));
          }
        } else if (event instanceof ClientEvent.ErrorReceived error) {
          objects.add("error: " + error.error().message().render(1000));
        } else {
          assertThat(event).isInstanceOf(ClientEvent.ResponseEnded.class);
        }
      }
      assertThat(reactor.activeRequests()).isZero();
    }
    return objects;
  }

  private static ResponseDecoder decoder(Map<Integer, ResponseDecoder> decoders, int id) {
    return Objects.requireNonNull(decoders.get(id));
  }

  private static String text(ResponseEvent part) {
    if (part instanceof ResponseEvent.ObjectReceived received) {
      CborEvent event = received.event();
      if (event instanceof CborEvent.ValueRead value) {
        return DiagnosticNotation.print(value.value());
      }
      return event instanceof CborEvent.BytesRead bytes
          ? ByteString.copyOf(bytes.data()).hex()
          : event.toString();
    }
    if (part instanceof ResponseEvent.CommandFailed failed) {
      return "failed: " + failed.error().message().render(1000);
    }
    return part.toString();
  }
}
