// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Responses that share one HTTP body, read in other orders than they arrive. */
@Timeout(60)
class BatchOrderTest {
  private static final int PIECE = 100_000;
  private static final int PIECES = 30;

  private final ScriptedServer server =
      new ScriptedServer().on("large", BatchOrderTest::large).respond("small", CborInteger.of(7));

  @TempDir Path directory;

  /** One byte string of 3 MB whose bytes are the argument "fill", in pieces. */
  private static Iterator<ByteString> large(CommandRequest request) {
    byte[] piece = new byte[PIECE];
    Arrays.fill(
        piece,
        (byte) requireNonNull((CborInteger) request.arguments().get("fill")).longValueExact());
    ByteString head = ByteString.copyOf(new CborEncoder().bytesHead((long) PIECE * PIECES).take());
    return Stream.concat(
            Stream.of(head), IntStream.range(0, PIECES).mapToObj(i -> ByteString.copyOf(piece)))
        .iterator();
  }

  private PeerOptionsBuilder options() {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .spill(new SpillOptions(256 * 1024, 512 * 1024, 1 << 30, directory));
  }

  private static CommandRequest fill(int value) {
    return CommandRequest.of("large", CborMap.builder().put("fill", value).build());
  }

  private static void requireLarge(CommandResponse response, int fill) throws IOException {
    ResponseObject.Bytes bytes = requireNonNull((ResponseObject.Bytes) response.next());
    assertThat(bytes.length()).isEqualTo((long) PIECE * PIECES);
    long count = 0;
    try (InputStream in = bytes.stream()) {
      byte[] buffer = new byte[10_000];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] != fill) {
            throw new AssertionError("a byte of another response");
          }
        }
        count += read;
      }
    }
    assertThat(count).isEqualTo((long) PIECE * PIECES);
    assertThat(response.next()).isNull();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.toList();
    }
  }

  private static List<CommandResponse> send(Peer peer, int count) throws PeerException {
    Batch batch = peer.batch();
    List<CommandResponse> responses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      responses.add(batch.call(fill(i)));
    }
    batch.send();
    return responses;
  }

  @Test
  void readInOrderNothingIsSpilled() throws Exception {
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 3);
      for (int i = 0; i < 3; i++) {
        requireLarge(responses.get(i), i);
        assertThat(files()).isEmpty();
      }
    }
    assertThat(server.closed.get()).isEqualTo(2);
  }

  @Test
  void readInReverseWhatWaitsIsSpilledAndNoFileIsLeft() throws Exception {
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 4);
      for (int i = 3; i >= 0; i--) {
        requireLarge(responses.get(i), i);
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void readInReverseWithoutADirectoryToSpillToFailsTyped() throws Exception {
    SpillOptions nowhere =
        new SpillOptions(256 * 1024, 512 * 1024, 1 << 30, directory.resolve("none"));
    try (Peer peer = server.connect(options().spill(nowhere))) {
      List<CommandResponse> responses = send(peer, 4);
      assertThatThrownBy(() -> requireLarge(responses.get(3), 3))
          .isInstanceOf(PeerProtocolException.class);
      assertThatThrownBy(responses.get(2)::next).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void whatDoesNotFitOnDiskFailsItsResponseAndNoOther() throws Exception {
    SpillOptions little = new SpillOptions(256 * 1024, 512 * 1024, 5_000_000, directory);
    try (Peer peer = server.connect(options().spill(little))) {
      List<CommandResponse> responses = send(peer, 3);
      requireLarge(responses.get(2), 2);
      requireLarge(responses.get(0), 0);
      PeerProtocolException e =
          catchThrowableOfType(
              PeerProtocolException.class, () -> requireLarge(responses.get(1), 1));
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.LIMIT);
      responses.get(1).close();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void interleavedResponsesCanBeReadInReverse() throws Exception {
    server.interleaved();
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 4);
      for (int i = 3; i >= 0; i--) {
        requireLarge(responses.get(i), i);
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void threadsReadTheirResponsesAtTheSameTime() throws Exception {
    server.interleaved();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 6);
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int index = i;
        readers.add(
            threads.submit(
                () -> {
                  requireLarge(responses.get(index), index);
                  return null;
                }));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(files()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.closed.get()).isEqualTo(2);
  }

  @Test
  void aResponseThatIsClosedIsDroppedAndTheOthersGoOn() throws Exception {
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 3);
      responses.get(0).close();
      requireLarge(responses.get(2), 2);
      requireLarge(responses.get(1), 1);
      assertThatThrownBy(responses.get(0)::next).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingTheLastResponseEndsTheExchange() throws Exception {
    try (Peer peer = server.connect(options())) {
      List<CommandResponse> responses = send(peer, 2);
      assertThat(responses.get(0).next()).isInstanceOf(ResponseObject.Bytes.class);
      responses.get(0).close();
      assertThat(server.cancelled.get()).isZero();
      responses.get(1).close();
      assertThat(server.cancelled.get()).isEqualTo(1);
      assertThat(server.closed.get()).isEqualTo(2);
    }
  }

  @Test
  void aFailureOfOneCommandLeavesTheOthersAlone() throws Exception {
    CborMap error =
        CborMap.builder()
            .put("status", ByteString.utf8("error"))
            .put("error", CborMap.builder().put("message", ByteString.utf8("no")).build())
            .build();
    server.raw("failing", request -> ScriptedServer.encoded(error));
    try (Peer peer = server.connect(options())) {
      Batch batch = peer.batch();
      CommandResponse failing = batch.call(CommandRequest.of("failing", CborMap.empty()));
      CommandResponse small = batch.call(CommandRequest.of("small", CborMap.empty()));
      batch.send();
      assertThat(small.nextValue()).isEqualTo(CborInteger.of(7));
      assertThatThrownBy(failing::next).isInstanceOf(CommandFailedException.class);
      assertThatThrownBy(failing::next).isInstanceOf(CommandFailedException.class);
    }
  }

  @Test
  void serverMayPauseBeforeTheFirstObjectOnly() throws Exception {
    // Identity: compressed, all of the response would fit into its first frame.
    try (Peer peer = server.connect(options().encodings(ContentEncodings.named("identity")))) {
      requireLarge(send(peer, 1).get(0), 0);
    }
    assertThat(server.timeouts)
        .containsExactly(
            PeerOptions.defaults().idleTimeout(),
            PeerOptions.defaults().firstByteTimeout(),
            PeerOptions.defaults().idleTimeout());
  }
}
