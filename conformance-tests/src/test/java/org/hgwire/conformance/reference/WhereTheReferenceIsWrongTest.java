// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.RichMessage;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ServerReactor;
import org.hgwire.server.repository.MemoryRepository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each point at which Mercurial 5.6.1 does not do what its own texts say, or falls over, by number;
 * a case says what is right. Redirects (10) and clone bundles (11) are not here.
 */
final class WhereTheReferenceIsWrongTest {
  private static final String HEADS =
      "1 1 stream-begin command-request new cbor:{b'name': b'heads'}";
  private static final CommandRequest CALL_HEADS = CommandRequest.of("heads", CborMap.empty());

  private final MemoryRepository repository = MemoryRepository.nonPublishing();

  @Test
  void case01_theThirdByteOfALengthCounts65536_andTooLongFramesAreRefusedAtTheHeader() {
    assertRefusedFrame("0000010100010110", WireErrorCode.LIMIT);
    assertRefusedFrame("ffffff0100010110", WireErrorCode.LIMIT);
    FrameDecoder decoder =
        new FrameDecoder(Wire.LIMITS.toBuilder().maxFramePayload(65_536).build());
    decoder.feed(ByteString.copyOf(new byte[] {0, 0, 1, 1, 0, 1, 1, 0x11}).asByteBuffer());
    assertThat(decoder.poll()).isNull();
    decoder.feed(ByteString.copyOf(new byte[65_536]).asByteBuffer());
    assertThat(Objects.requireNonNull(decoder.poll()).payload().remaining()).isEqualTo(65_536);
  }

  private static void assertRefusedFrame(String header, WireErrorCode code) {
    FrameDecoder decoder = new FrameDecoder(Wire.LIMITS);
    decoder.feed(ByteString.fromHex(header).asByteBuffer());
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(decoder::poll)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 1 stream-begin command-request new cbor:{b'name': b'heads'}",
        "1 2 stream-begin command-request new cbor:{b'name': b'heads'}",
        "1 1 0 command-request new cbor:{b'name': b'heads'}",
        "1 1 stream-begin|8 command-request new cbor:{b'name': b'heads'}",
        "1 1 stream-begin command-request new|continuation cbor:{b'name': b'heads'}",
        "1 1 stream-begin command-request 0 cbor:{b'name': b'heads'}",
        "1 1 stream-begin command-data eos data",
      })
  void case02_framesThatTheTextForbidsAreRefusedByTheServer(String frame) throws IOException {
    assertThat(Wire.post(repository, "ro/heads", Wire.frames(frame)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 2 stream-begin command-response continuation|eos cbor:{b'status': b'ok'}; FRAME_FLAGS",
        "1 2 stream-begin command-response 0 cbor:{b'status': b'ok'}; FRAME_FLAGS",
        "1 0 stream-begin command-response eos cbor:{b'status': b'ok'}; STREAM_ID",
        "1 1 stream-begin command-response eos cbor:{b'status': b'ok'}; STREAM_ID",
        "1 2 stream-begin|8 command-response eos cbor:{b'status': b'ok'}; STREAM_FLAGS",
        "3 2 stream-begin command-response eos cbor:{b'status': b'ok'}; REQUEST_INACTIVE",
      })
  void case02_framesThatTheTextForbidsAreRefusedByTheClient(String frame, WireErrorCode code) {
    try (ClientReactor reactor = client()) {
      reactor.call(CALL_HEADS, false);

      assertThat(Wire.read(reactor, Wire.frames(frame))).last().isEqualTo("fault: " + code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a2416101416102, DUPLICATE_KEY",
    "d90102820101, DUPLICATE_MEMBER",
    "5f01ff, CHUNK_TYPE",
    "9bffffffffffffffff, LIMIT",
    "a15f4161ff01, MALFORMED",
    "6161, MALFORMED",
  })
  void case02_valuesThatTheTextForbidsAreRefused(String hex, WireErrorCode code) {
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(() -> decodeAll(hex))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static List<CborEvent> decodeAll(String hex) {
    CborDecoder decoder = new CborDecoder(Wire.LIMITS);
    decoder.feed(ByteString.fromHex(hex).asByteBuffer());
    List<CborEvent> events = new ArrayList<>();
    for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void case02_depthIsBounded() {
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(
            () ->
                CborDecoder.decodeOne(
                    ByteString.fromHex("81".repeat(1_000_000)).asByteBuffer(), Wire.LIMITS))
        .satisfies(e -> assertThat(e.code()).isEqualTo(WireErrorCode.DEPTH));
  }

  @Test
  void case03_requestIdsWrapAfter32768Requests() {
    try (ClientReactor reactor = client()) {
      boolean begun = false;
      for (int i = 0; i < 40_000; i++) {
        int id = reactor.call(CALL_HEADS, false);
        assertThat(id).isEqualTo(1 + 2 * (i % 32_768));
        Wire.output(reactor);
        String flags = begun ? "0" : "stream-begin";
        begun = true;
        assertThat(
                Wire.events(
                    reactor,
                    Wire.frames(
                        id + " 2 " + flags + " command-response eos cbor:{b'status': b'ok'}")))
            .hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 stream-begin command-request new cbor:[1]",
        "1 1 stream-begin command-request new cbor:{}",
        "1 1 stream-begin command-request new cbor:{b'name': 1}",
        "1 1 stream-begin command-request new cbor:{b'name': b'heads', b'args': [1]}",
      })
  void case04_aRequestThatIsNoneIsAnsweredWithAnError(String frame) throws IOException {
    Wire.Answer answer = Wire.post(repository, "ro/multirequest", Wire.frames(frame));
    if (answer.status() == 200) {
      try (ClientReactor reactor = client()) {
        reactor.call(CALL_HEADS, false);
        assertThat(Wire.read(reactor, answer.body()))
            .first()
            .asString()
            .matches("(failed|error): .+");
      }
    } else {
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void case04_aCorruptStreamAndAMalformedErrorAreTypedFaults() {
    try (ClientReactor reactor =
        new ClientReactor(
            Wire.LIMITS, ContentEncodings.standard(), Wire.IDENTITY.preferred().get(0))) {
      reactor.call(CALL_HEADS, false);
      assertThat(
              Wire.read(
                  reactor,
                  Wire.frames(
                      "1 2 stream-begin stream-settings eos cbor:b'zlib'",
                      "1 2 encoded command-response eos nonsense")))
          .first()
          .isEqualTo("lost: " + WireErrorCode.ENCODING_CORRUPT);
    }
    try (ClientReactor reactor = client()) {
      reactor.call(CALL_HEADS, false);
      assertThat(Wire.events(reactor, Wire.frames("1 2 stream-begin error-response 0 cbor:[1]")))
          .noneMatch(event -> event instanceof ClientEvent.ErrorReceived)
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void case05_theServerDecodesEncodedFramesOfTheClient(String encoding) throws IOException {
    Node node = commit("a");
    ContentEncodings encodings = ContentEncodings.named(encoding);
    try (ClientReactor reactor =
        new ClientReactor(Wire.LIMITS, encodings, encodings.preferred().get(0))) {
      reactor.call(CALL_HEADS, false);
      Wire.Answer answer = Wire.post(repository, "ro/heads", Wire.output(reactor));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(Wire.read(reactor, answer.body())).containsExactly("[h'" + node + "']", "end");
    }
  }

  @Test
  void case06_aRequestHasASizeItMayNotExceed() throws IOException {
    StringBuilder payload = new StringBuilder();
    payload.append("x".repeat(60_000));
    String[] lines = new String[80];
    lines[0] = "1 1 stream-begin command-request new|more " + payload;
    for (int i = 1; i < lines.length; i++) {
      lines[i] = "1 1 0 command-request continuation|more " + payload;
    }

    assertThat(Wire.post(repository, "ro/heads", Wire.frames(lines)).status()).isEqualTo(400);
  }

  @Test
  void case07_whatIsCutIsAnError_notSilence() throws IOException {
    ByteString whole = Wire.frames(HEADS);
    for (int length = 1; length < whole.length(); length++) {
      assertThat(Wire.post(repository, "ro/heads", whole.substring(0, length)).status())
          .as("%d bytes of a request", length)
          .isEqualTo(400);
    }
    String partial = "1 1 stream-begin command-request new|more cbor:{b'name': b'heads'}";
    assertThat(Wire.post(repository, "ro/heads", Wire.frames(partial)).status()).isEqualTo(400);
    ByteString response =
        Wire.frames("1 2 stream-begin command-response eos cbor:{b'status': b'ok'}");
    for (int length = 0; length < response.length(); length++) {
      try (ClientReactor reactor = client()) {
        reactor.call(CALL_HEADS, false);
        Wire.events(reactor, response.substring(0, length));
        reactor.endOfInput();
        assertThat(reactor.poll())
            .as("%d bytes of a response", length)
            .isInstanceOfSatisfying(
                ClientEvent.RequestFailed.class,
                failed -> assertThat(failed.fault().code()).isEqualTo(WireErrorCode.TRUNCATED));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void case08_afterAnErrorInTheMiddleTheNextResponseIsClean(String encoding) {
    ContentEncodings encodings = ContentEncodings.named(encoding);
    try (ClientReactor client =
            new ClientReactor(Wire.LIMITS, encodings, Wire.IDENTITY.preferred().get(0));
        ServerReactor server = new ServerReactor(Wire.LIMITS, encodings)) {
      int first = client.call(CALL_HEADS, false);
      int second = client.call(CALL_HEADS, false);
      server.receive(Wire.output(client).asByteBuffer());
      while (server.poll() != null) {
        assertThat(server.wantsInput()).isTrue();
      }
      ByteString status = ByteString.fromHex("a146737461747573426f6b");
      server.respond(first, status.asByteBuffer());
      server.respond(first, ByteString.copyOf(new byte[5000]).asByteBuffer());
      server.failResponse(
          first, new ErrorResponse(ErrorResponse.Type.SERVER, RichMessage.of("broke")));
      server.respond(second, status.asByteBuffer());
      server.endResponse(second);
      ByteString received = ByteString.empty();
      boolean failed = false;
      for (var out = server.pollOutput(); out != null; out = server.pollOutput()) {
        for (ClientEvent event : Wire.events(client, ByteString.copyOf(out))) {
          if (event instanceof ClientEvent.ResponseReceived piece && piece.requestId() == second) {
            received = ByteString.fromHex(received.hex() + ByteString.copyOf(piece.data()).hex());
          }
          failed |= event instanceof ClientEvent.ErrorReceived e && e.requestId() == first;
          assertThat(event).isNotInstanceOf(ClientEvent.ProtocolFailed.class);
        }
      }

      assertThat(failed).isTrue();
      assertThat(received).isEqualTo(status);
    }
  }

  @Test
  void case09_aResponseWithoutObjectsCompletesTheRequest() throws IOException {
    CborMap none = CborMap.builder().put("revisions", CborArray.of()).build();

    assertThat(Wire.call(repository, "ro/changesetdata", CommandRequest.of("changesetdata", none)))
        .last()
        .isEqualTo("end");
  }

  @Test
  void case12_nothingOfASecretChangesetIsServed() throws IOException {
    commit("a");
    Node secret =
        repository
            .commit()
            .message("secret")
            .write("hush", "classified")
            .phase(Phase.SECRET)
            .commit();
    Node manifest;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      manifest = snapshot.changesets().manifest(snapshot.changesets().revision(secret));
    }
    CborMap arguments =
        CborMap.builder()
            .put("nodes", CborArray.of(new CborBytes(manifest.toByteString())))
            .put("tree", ByteString.empty())
            .put("fields", CborSet.of(List.of(CborBytes.utf8("revision"))))
            .build();

    assertThat(
            Wire.call(repository, "ro/manifestdata", CommandRequest.of("manifestdata", arguments)))
        .noneMatch(object -> object.contains(ByteString.utf8("hush").hex()))
        .first()
        .asString()
        .matches("(failed|error): .+");
    assertThat(Wire.call(repository, "ro/heads", CALL_HEADS))
        .noneMatch(object -> object.contains(secret.hex()));
  }

  @Test
  void case12_aWriteInAMultirequestOfReadsIsRefusedAndNotRun() throws IOException {
    Node node = commit("a");
    CborMap arguments =
        CborMap.builder()
            .put("namespace", ByteString.utf8("bookmarks"))
            .put("key", ByteString.utf8("mark"))
            .put("old", ByteString.empty())
            .put("new", ByteString.utf8(node.hex()))
            .build();

    assertThat(Wire.call(repository, "ro/multirequest", CommandRequest.of("pushkey", arguments)))
        .first()
        .asString()
        .matches("(failed|error): .+");
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      assertThat(snapshot.bookmarks()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'publiconly':1}",
        "{'publiconly':'yes'}",
        "{'nonsense':true}",
      })
  void case12_typesOfArgumentsAreChecked(String arguments) throws IOException {
    CborMap map = (CborMap) DiagnosticNotation.parse(arguments);

    assertThat(Wire.call(repository, "ro/heads", CommandRequest.of("heads", map)))
        .first()
        .asString()
        .matches("(failed|error): .+");
  }

  @Test
  void case12_validValuesOfArgumentsAreChecked() throws IOException {
    CborMap arguments =
        (CborMap) DiagnosticNotation.parse("{'revisions':[],'fields':258(['nonsense'])}");

    assertThat(
            Wire.call(
                repository, "ro/changesetdata", CommandRequest.of("changesetdata", arguments)))
        .first()
        .asString()
        .matches("(failed|error): .+");
  }

  @Test
  void case13_filesdataWithHaveparentsTakesAChangesetThatRemovedAFile() throws IOException {
    commit("a");
    Node removed = repository.commit().message("r").remove("a").write("b", "b").commit();
    CborMap arguments =
        CborMap.builder()
            .put("haveparents", true)
            .put("fields", CborSet.of(List.of(CborBytes.utf8("revision"))))
            .put(
                "revisions",
                CborArray.of(
                    CborMap.builder()
                        .put("type", ByteString.utf8("changesetexplicit"))
                        .put("nodes", CborArray.of(new CborBytes(removed.toByteString())))
                        .build()))
            .build();

    List<String> objects =
        Wire.call(repository, "ro/filesdata", CommandRequest.of("filesdata", arguments));

    assertThat(objects).endsWith("h'62'", "end");
    assertThat(((CborMap) DiagnosticNotation.parse(objects.get(0))).get("totalpaths"))
        .isEqualTo(CborInteger.of(1));
  }

  private Node commit(String path) {
    return repository.commit().message("m").write(path, path).commit();
  }

  private static ClientReactor client() {
    return new ClientReactor(Wire.LIMITS, Wire.IDENTITY, Wire.IDENTITY.preferred().get(0));
  }
}
