// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.CommandResult;
import org.hgwire.client.HandshakeException;
import org.hgwire.client.HttpStatusException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TransportException;
import org.hgwire.client.UnavailableCommandException;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;
import org.hgwire.redirects.fetch.MinRate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer with a server that speaks version 1, good and bad, on real sockets. */
@Timeout(60)
final class Version1PeerTest {
  private static final String WORDS =
      "batch branchmap bundle2=HG20 getbundle httpheader=1024 httpmediatype=0.1rx,0.1tx,0.2tx known"
          + " lookup pushkey";
  private static final String STRING = "application/mercurial-0.1";
  private static final String NAMED = "application/mercurial-0.2";
  private static final Node ONE = Node.fromHex("11".repeat(20));
  private static final GetbundleRequest GETBUNDLE = new GetbundleRequest(List.of(), List.of(ONE));

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Peer connect(PeerOptionsBuilder options) throws IOException {
    return Peer.connect(server.url("/repo").uri(), options.build());
  }

  private Peer connect(String words) throws IOException {
    respond(STRING, words);
    return connect(PeerOptions.builder().retries(RetryPolicy.never()));
  }

  private void respond(String type, String text) {
    respond(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private void respond(String type, byte[] body) {
    server.enqueue(response(type, body).build());
  }

  private static MockResponse.Builder response(String type, byte[] body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", type)
        .chunkedBody(new Buffer().write(body), 100);
  }

  private static byte[] zlib(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void serverWithoutVersion2IsSpokenToInVersion1() throws Exception {
    try (Peer peer = connect(WORDS)) {
      assertThat(peer.version()).isEqualTo(ProtocolVersion.VERSION_1);
      respond(STRING, ONE.hex() + "\n");
      assertThat(peer.heads()).containsExactly(ONE);
    }
    RecordedRequest shake = server.takeRequest();
    assertThat(shake.getTarget()).isEqualTo("/repo?cmd=capabilities");
    assertThat(shake.getHeaders().get("X-HgUpgrade-1")).isNotNull();
    RecordedRequest heads = server.takeRequest();
    assertThat(heads.getTarget()).isEqualTo("/repo?cmd=heads");
    assertThat(heads.getMethod()).isEqualTo("GET");
    assertThat(heads.getHeaders().values("Accept")).containsExactly(STRING);
    assertThat(heads.getHeaders().get("X-HgProto-1")).startsWith("0.1 0.2 comp=");
  }

  @Test
  void chosenVersionIsTheOnlyOneThatIsSpoken() throws Exception {
    respond(STRING, WORDS);
    connect(PeerOptions.builder().protocol(ProtocolVersion.VERSION_1)).close();
    assertThat(server.takeRequest().getHeaders().get("X-HgUpgrade-1")).isNull();
    respond(STRING, WORDS);
    assertThatExceptionOfType(HandshakeException.class)
        .isThrownBy(() -> connect(PeerOptions.builder().protocol(ProtocolVersion.VERSION_2)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HandshakeException.Kind.VERSION_1_ONLY));
  }

  @Test
  void severalCommandsAreOneBatch() throws Exception {
    try (Peer peer = connect(WORDS)) {
      respond(STRING, ONE.hex() + "\n;10;@\t" + ONE.hex() + ";0 unknown revision 'x'\n");
      Batch batch = peer.batch();
      CommandResult<List<Node>> heads = batch.heads();
      CommandResult<List<Boolean>> known = batch.known(List.of(ONE, Node.NULL));
      CommandResult<Map<ByteString, ByteString>> keys = batch.listkeys("bookmarks");
      CommandResult<Node> lookup = batch.lookup("x");
      batch.send();
      assertThat(heads.await()).containsExactly(ONE);
      assertThat(known.await()).containsExactly(true, false);
      assertThat(keys.await()).hasSize(1);
      assertThatExceptionOfType(CommandFailedException.class)
          .isThrownBy(lookup::await)
          .satisfies(e -> assertThat(e.serverMessage()).isEqualTo("unknown revision 'x'"));
    }
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("X-HgArg-1")).startsWith("cmds=heads+%3B");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void serverWithoutBatchGetsOneAfterTheOther() throws Exception {
    try (Peer peer = connect("known lookup")) {
      respond(STRING, ONE.hex() + "\n");
      respond(STRING, "1");
      Batch batch = peer.batch();
      CommandResult<List<Node>> heads = batch.heads();
      CommandResult<List<Boolean>> known = batch.known(List.of(ONE));
      batch.send();
      assertThat(heads.await()).containsExactly(ONE);
      assertThat(known.await()).containsExactly(true);
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void commandThatVersion1LacksIsTyped() throws Exception {
    try (Peer peer = connect(WORDS)) {
      assertThatExceptionOfType(UnavailableCommandException.class)
          .isThrownBy(() -> peer.call("filesdata").next())
          .withMessageContaining("Version 1")
          .satisfies(e -> assertThat(e.command()).isEqualTo("filesdata"));
      assertThatThrownBy(() -> peer.heads(HeadsRequest.ofPublic()))
          .isInstanceOf(UnavailableCommandException.class);
      assertThatThrownBy(peer::clonebundles).isInstanceOf(UnavailableCommandException.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void errorForPeopleIsTheFailureOfTheCommand() throws Exception {
    try (Peer peer = connect(WORDS)) {
      respond("application/hg-error", "no such thing\n");
      assertThatExceptionOfType(CommandFailedException.class)
          .isThrownBy(peer::branchmap)
          .satisfies(e -> assertThat(e.serverMessage()).isEqualTo("no such thing"));
      respond("application/hg-error", "not today\n");
      assertThatThrownBy(() -> peer.getbundle(GETBUNDLE))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("not today");
      server.enqueue(new MockResponse.Builder().code(500).build());
      assertThatThrownBy(peer::heads).isInstanceOf(HttpStatusException.class);
    }
  }

  @Test
  void malformedResponsesAreTyped() throws Exception {
    try (Peer peer = connect(WORDS)) {
      respond(STRING, "nonsense");
      assertBadResponse(peer::heads, WireErrorCode.BAD_RESPONSE);
      respond("text/html", "<html>");
      assertBadResponse(peer::heads, WireErrorCode.BAD_RESPONSE);
      respond(STRING, "one");
      Batch batch = peer.batch();
      batch.heads();
      batch.branchmap();
      assertBadResponse(batch::send, WireErrorCode.BAD_RESPONSE);
    }
  }

  /** A call that throws. */
  private interface Call {
    void run() throws IOException;
  }

  private static void assertBadResponse(Call call, WireErrorCode code) {
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
  }

  @Test
  void streamIsDecompressedAsItSays() throws Exception {
    byte[] plain = new byte[300_000];
    Arrays.fill(plain, (byte) 'x');
    try (Peer peer = connect(WORDS)) {
      respond(STRING, zlib(plain));
      assertThat(read(peer)).isEqualTo(plain);
      respond(NAMED, concat("\4zlib", zlib(plain)));
      assertThat(read(peer)).isEqualTo(plain);
      respond(NAMED, concat("\4none", plain));
      assertThat(read(peer)).isEqualTo(plain);
    }
  }

  private static byte[] read(Peer peer) throws IOException {
    try (InputStream stream = peer.getbundle(GETBUNDLE)) {
      return stream.readAllBytes();
    }
  }

  private static byte[] concat(String head, byte[] rest) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(rest);
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 100, 305})
  void streamThatEndsTooSoonIsTyped(int length) throws Exception {
    byte[] whole = concat("\4zlib", zlib(new byte[300_000]));
    assertThat(whole.length).isGreaterThan(305);
    try (Peer peer = connect(WORDS)) {
      respond(NAMED, Arrays.copyOf(whole, length));
      assertBadResponse(() -> read(peer), WireErrorCode.TRUNCATED);
    }
  }

  @Test
  void connectionThatIsCutIsTyped() throws Exception {
    try (Peer peer = connect(WORDS)) {
      server.enqueue(
          response(NAMED, concat("\4none", new byte[100_000]))
              .onResponseBody(new SocketEffect.CloseSocket())
              .build());
      assertThatThrownBy(() -> read(peer)).isInstanceOf(PeerException.class);
      server.enqueue(
          new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
      assertThatThrownBy(peer::heads).isInstanceOf(TransportException.class);
    }
  }

  @Test
  void compressionThatWasNotOfferedIsTyped() throws Exception {
    try (Peer peer = connect(WORDS)) {
      respond(NAMED, "\5bzip2BZh");
      assertBadResponse(() -> read(peer), WireErrorCode.ENCODING_UNKNOWN);
      respond(NAMED, "\4zlibno zlib at all");
      assertBadResponse(() -> read(peer), WireErrorCode.ENCODING_CORRUPT);
    }
  }

  @Test
  void requestThatHeadersCannotHoldIsNotSent() throws Exception {
    try (Peer peer = connect(WORDS)) {
      List<Node> many = Collections.nCopies(3_000, ONE);
      assertThatThrownBy(() -> peer.known(many)).isInstanceOf(RequestTooLargeException.class);
    }
    try (Peer peer = connect(WORDS + " httppostargs")) {
      respond(STRING, "1".repeat(3_000));
      assertThat(peer.known(Collections.nCopies(3_000, ONE))).hasSize(3_000);
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void firstBytesOfAStreamMayTakeLongerThanLaterOnes() throws Exception {
    respond(STRING, WORDS);
    PeerOptionsBuilder options =
        PeerOptions.builder()
            .retries(RetryPolicy.never())
            .firstByteTimeout(Duration.ofSeconds(20))
            .idleTimeout(Duration.ofMillis(300))
            .minResponseRate(new MinRate(100_000, Duration.ofMillis(200)));
    try (Peer peer = connect(options)) {
      server.enqueue(
          response(STRING, zlib(new byte[] {1, 2, 3})).bodyDelay(1, TimeUnit.SECONDS).build());
      assertThat(read(peer)).containsExactly(1, 2, 3);
    }
  }

  private static byte[] inline(Peer peer) throws IOException {
    try (InputStream stream = peer.inlineBundle("a b.hg")) {
      return stream.readAllBytes();
    }
  }

  @Test
  void inlineBundleHasTheLengthThatItSays() throws Exception {
    byte[] file = new byte[300];
    Arrays.fill(file, (byte) 'x');
    try (Peer peer = connect(WORDS + " clonebundles_manifest")) {
      respond(NAMED, length(new byte[] {(byte) 0xab, 1}, file));
      assertBadResponse(() -> inline(peer), WireErrorCode.BAD_RESPONSE);
      server.takeRequest();
      assertThat(server.takeRequest().getHeaders().get("X-HgArg-1")).isEqualTo("path=a+b.hg");
      respond(NAMED, length(new byte[] {(byte) 0xac, 2}, file));
      assertThat(inline(peer)).isEqualTo(file);
      respond(NAMED, length(new byte[] {0}, new byte[0]));
      assertThat(inline(peer)).isEmpty();
      respond(NAMED, length(new byte[] {(byte) 0xad, 2}, file));
      assertBadResponse(() -> inline(peer), WireErrorCode.TRUNCATED);
      respond(NAMED, length(new byte[] {(byte) 0xab, 2}, file));
      assertBadResponse(() -> inline(peer), WireErrorCode.BAD_RESPONSE);
    }
    try (Peer peer = connect(WORDS)) {
      assertThatThrownBy(() -> inline(peer)).isInstanceOf(UnavailableCommandException.class);
    }
  }

  private static byte[] length(byte[] length, byte[] file) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("\4none".getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(length);
    all.writeBytes(file);
    return all.toByteArray();
  }

  @Test
  void hostileLengthsOfInlineBundlesAreTyped() throws Exception {
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0x80);
    byte[] negative = new byte[10];
    Arrays.fill(negative, (byte) 0xff);
    negative[9] = 1;
    byte[] huge = new byte[9];
    Arrays.fill(huge, (byte) 0xff);
    huge[8] = 0x7f;
    byte[] cut = {(byte) 0x80};
    try (Peer peer = connect(WORDS + " clonebundles_manifest")) {
      respond(NAMED, length(endless, new byte[0]));
      assertBadResponse(() -> inline(peer), WireErrorCode.MALFORMED);
      respond(NAMED, length(negative, new byte[0]));
      assertBadResponse(() -> inline(peer), WireErrorCode.MALFORMED);
      respond(NAMED, length(huge, new byte[0]));
      assertBadResponse(() -> inline(peer), WireErrorCode.LIMIT);
      respond(NAMED, length(cut, new byte[0]));
      assertBadResponse(() -> inline(peer), WireErrorCode.TRUNCATED);
      respond(NAMED, length(new byte[0], new byte[0]));
      assertBadResponse(() -> inline(peer), WireErrorCode.TRUNCATED);
    }
  }

  @Test
  void nameOfACompressionIsShort() throws Exception {
    try (Peer peer = connect(WORDS)) {
      respond(NAMED, concat("\u007f", new byte[127]));
      assertBadResponse(() -> read(peer), WireErrorCode.ENCODING_UNKNOWN);
    }
  }

  @Test
  void serverWithoutBundle2SendsAChangegroup() throws Exception {
    try (Peer peer = connect("getbundle known")) {
      respond(STRING, zlib(new byte[] {0, 0, 0, 0}));
      assertThat(read(peer)).isEqualTo(concat("HG10UN", new byte[4]));
    }
  }
}
