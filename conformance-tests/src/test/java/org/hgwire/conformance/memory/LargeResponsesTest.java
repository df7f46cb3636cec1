// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hgwire.client.Peer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesDataRequest;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientReactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded by the connection, not by what goes over it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LargeResponsesTest {
  private static final ContentEncodings IDENTITY = ContentEncodings.named("identity");

  @TempDir Path temporary;

  @Test
  void twoGibibytesInManyRevisionsGoThroughServerAndClientOf64MebibytesEach() throws IOException {
    pull("many", 1024, 2 * LargeRepositories.GIB);
  }

  @Test
  void oneRevisionOf512MebibytesGoesThroughServerAndClientOf64MebibytesEach() throws IOException {
    pull("one", 1, 512 * LargeRepositories.MIB);
  }

  private void pull(String repository, long revisions, long bytes) throws IOException {
    try (SmallHeap server = SmallHeap.run(LargeServer.class, temporary, repository)) {
      String url = "http://127.0.0.1:" + server.line() + "/";
      try (SmallHeap client =
          SmallHeap.run(LargePull.class, temporary, url, temporary.toString())) {
        String[] counts = client.line().split(" ", 2);

        assertThat(Long.parseLong(counts[0])).isEqualTo(revisions);
        assertThat(Long.parseLong(counts[1])).isGreaterThan(bytes);
      }
      assertThat(server.isAlive()).isTrue();
    }
  }

  @Test
  void clientsThatHardlyReadDoNotMakeTheServersHeapGrow() throws IOException {
    int clients = 20;
    try (SmallHeap server = SmallHeap.run(LargeServer.class, temporary, "many")) {
      int port = Integer.parseInt(server.line());
      byte[] request = filesData(port);
      slowReader(port, request).close();
      long before = heap(server);
      List<Socket> readers = new ArrayList<>();
      try {
        for (int i = 0; i < clients; i++) {
          readers.add(slowReader(port, request));
        }
        for (int round = 0; round < 50; round++) {
          for (Socket reader : readers) {
            assertThat(reader.getInputStream().readNBytes(4096)).hasSize(4096);
          }
        }
        long during = heap(server);

        assertThat(during - before)
            .as("bytes of heap that %d readers take", clients)
            .isLessThan(clients * 512L * 1024);
      } finally {
        for (Socket reader : readers) {
          reader.close();
        }
      }
    }
  }

  private static long heap(SmallHeap server) throws IOException {
    server.poke();
    return Long.parseLong(server.line());
  }

  private static Socket slowReader(int port, byte[] request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(request);
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200");
    return socket;
  }

  /** Returns the HTTP request for all files of the newest changeset. */
  private static byte[] filesData(int port) throws IOException {
    CborMap arguments;
    try (Peer peer = Peer.connect("http://127.0.0.1:" + port + "/")) {
      arguments =
          new FilesDataRequest(
                  List.of(new RevisionSpecifier.ChangesetExplicit(peer.heads())),
                  EnumSet.of(FileField.REVISION),
                  PathFilter.everything(),
                  false)
              .arguments();
    }
    ByteBuffer frames = ByteBuffer.allocate(4096);
    try (ClientReactor reactor =
        new ClientReactor(WireLimits.defaults(), IDENTITY, IDENTITY.preferred().get(0))) {
      reactor.call(CommandRequest.of("filesdata", arguments), false);
      for (ByteBuffer part = reactor.pollOutput(); part != null; part = reactor.pollOutput()) {
        frames.put(part);
      }
    }
    frames.flip();
    String type = "application/mercurial-exp-framing-0006";
    String head =
        "POST /api/exp-http-v2-0003/ro/filesdata HTTP/1.1\r\nHost: localhost\r\nAccept: "
            + type
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + frames.remaining()
            + "\r\n\r\n";
    return ByteBuffer.allocate(head.length() + frames.remaining())
        .put(head.getBytes(StandardCharsets.US_ASCII))
        .put(frames)
        .array();
  }
}
