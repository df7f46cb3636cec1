// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.hgwire.conformance.memory.SmallProcess.Reading;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientReactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Memory is bounded per connection, whatever goes over it: responses larger than the heaps of
 * server and client, 64 MiB each, clients that hardly read, and data that decodes to gigabytes.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SmallHeapTest {
  private static final long MIB = 1 << 20;

  @TempDir Path temporary;

  @ParameterizedTest(name = "{0} changesets of {1} files of {2} MiB, {3}")
  @CsvSource({"8, 256, 1, zstd-8mb", "1, 1, 512, identity"})
  void responseLargerThanTheHeapIsPulled(int changesets, int files, int mebibytes, String encoding)
      throws IOException {
    try (SmallProcess server =
            SmallProcess.start(ServerProcess.class, changesets, files, mebibytes * MIB, encoding);
        SmallProcess client =
            SmallProcess.start(
                PullProcess.class,
                "http://127.0.0.1:" + server.await("port (\\d+)").group(1) + "/",
                temporary)) {
      Reading pulled = client.reading();
      Reading served = server.figures();

      long revisions = (long) changesets * files;
      assertThat(pulled.get("files")).isEqualTo(revisions);
      assertThat(pulled.get("bytes")).isGreaterThanOrEqualTo(revisions * mebibytes * MIB);
      assertThat(served.get("made")).isEqualTo(revisions * mebibytes * MIB);
      assertThat(pulled.get("heap")).isLessThan(32 * MIB);
      assertThat(served.get("heap")).isLessThan(32 * MIB);
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left).isEmpty();
      }
      System.out.printf(
          "%d revisions of %d MiB, %s: %.1f s, %.0f MiB/s%n  server: %s%n  client: %s%n",
          revisions,
          mebibytes,
          encoding,
          pulled.get("millis") / 1000.0,
          revisions * mebibytes * 1000.0 / pulled.get("millis"),
          served.memory(),
          pulled.memory());
    }
  }

  @Test
  void clientsThatDoNotReadCostOneBufferEach() throws Exception {
    int clients = 50;
    try (SmallProcess server =
        SmallProcess.start(ServerProcess.class, 1, 256, 2 * MIB, "identity")) {
      Matcher started = server.await("port (\\d+) tip ([0-9a-f]{40})");
      long before = server.figures().get("heap");
      List<Socket> connections = new ArrayList<>();
      try {
        for (int i = 0; i < clients; i++) {
          connections.add(
              asking(Integer.parseInt(started.group(1)), Node.fromHex(started.group(2))));
        }
        Reading stalled = whenPaused(server);
        assertThat(stalled.get("made")).isLessThan(clients * (8 * MIB));
        assertThat(stalled.get("heap") - before).isLessThan(clients * (256 * 1024L));

        // One of them reads for a while, the others hardly: the work advances by what was read.
        assertThat(connections.get(0).getInputStream().readNBytes((int) (16 * MIB)))
            .hasSize((int) (16 * MIB));
        for (int round = 0; round < 50; round++) {
          for (Socket connection : connections) {
            assertThat(connection.getInputStream().readNBytes(4096)).hasSize(4096);
          }
        }
        Reading later = whenPaused(server);
        assertThat(later.get("made") - stalled.get("made")).isBetween(8 * MIB, 48 * MIB);
        assertThat(later.get("heap") - before).isLessThan(clients * (256 * 1024L));
        System.out.printf(
            "%d clients that do not read 512 MiB each: %.1f MiB generated in total, heap %+.2f"
                + " MiB%n  server: %s%n",
            clients,
            stalled.get("made") / (double) MIB,
            (stalled.get("heap") - before) / (double) MIB,
            later.memory());
      } finally {
        for (Socket connection : connections) {
          connection.close();
        }
      }
    }
  }

  /** Opens a connection that requests all files and reads nothing. */
  private static Socket asking(int port, Node tip) throws IOException {
    FilesdataRequest request =
        new FilesdataRequest(
            List.of(new RevisionSpecifier.ChangesetExplicit(List.of(tip))),
            EnumSet.of(FileField.REVISION),
            PathFilter.everything(),
            false);
    Frame frame =
        Frame.of(
            1,
            1,
            StreamFlags.BEGIN,
            FrameType.COMMAND_REQUEST,
            FrameType.REQUEST_NEW,
            CborEncoder.encode(request.toRequest().toCbor()).asByteBuffer());
    Socket connection = new Socket();
    connection.setReceiveBufferSize(64 << 10);
    connection.setSoTimeout(120_000);
    connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    send(connection, "filesdata", frame.encode().array());
    return connection;
  }

  private static void send(Socket connection, String command, byte[] body) throws IOException {
    String head =
        "POST /api/exp-http-v2-0003/ro/"
            + command
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: "
            + HttpV2Api.FRAMING_MEDIA_TYPE
            + "\r\nContent-Type: "
            + HttpV2Api.FRAMING_MEDIA_TYPE
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    OutputStream out = connection.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  /** Returns the figures of the server once three in a row show that it generates nothing more. */
  private static Reading whenPaused(SmallProcess server) throws Exception {
    Reading last = server.figures();
    int equal = 0;
    for (int i = 0; i < 240; i++) {
      Thread.sleep(250);
      Reading now = server.figures();
      equal = now.get("made") == last.get("made") ? equal + 1 : 0;
      if (equal == 2 && now.get("made") > 0) {
        return now;
      }
      last = now;
    }
    throw new AssertionError("the server still works for clients that do not read: " + last);
  }

  @Test
  void tenGibibytesFromOneMebibyteAreDecodedInSlices() throws Exception {
    long gibibytes = 10;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (ClientReactor reactor =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.named("identity"),
            ContentEncodings.named("zstd-8mb").preferred().get(0))) {
      int id = reactor.call(CommandRequest.of("upload", CborMap.empty()), true);
      ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
      for (long i = 0; i < gibibytes << 10; i++) {
        reactor.sendData(id, zeros);
        collect(reactor, body);
      }
      reactor.endData(id);
      collect(reactor, body);
    }
    try (SmallProcess server = SmallProcess.start(ServerProcess.class, 0, 0, 0, "zstd-8mb");
        Socket connection =
            new Socket(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(server.await("port (\\d+)").group(1)))) {
      connection.setSoTimeout(240_000);
      long begun = System.nanoTime();
      send(connection, "upload", body.toByteArray());
      byte[] response = connection.getInputStream().readAllBytes();
      double seconds = (System.nanoTime() - begun) / 1e9;

      String count = CborEncoder.encode(CborInteger.of(gibibytes << 30)).hex();
      assertThat(ByteString.copyOf(response).hex()).contains(count);
      Reading figures = server.figures();
      assertThat(figures.get("heap")).isLessThan(32 * MIB);
      System.out.printf(
          "%d GiB of data in %.2f MiB: %.1f s%n  server: %s%n",
          gibibytes, body.size() / (double) MIB, seconds, figures.memory());
    }
  }

  private static void collect(ClientReactor reactor, ByteArrayOutputStream body) {
    for (ByteBuffer out = reactor.pollOutput(); out != null; out = reactor.pollOutput()) {
      byte[] copy = new byte[out.remaining()];
      out.get(copy);
      body.writeBytes(copy);
    }
  }
}
