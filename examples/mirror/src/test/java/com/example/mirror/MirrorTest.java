// SPDX-License-Identifier: Apache-2.0
package com.example.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MirrorTest {
  private final MemoryRepository source = MemoryRepository.publishing();

  @Test
  void servesWhatTheSourceHasAndWhatIsCommittedLater() throws Exception {
    Node first = source.commit().message("one").write("a", "1\n").commit();
    source.bookmark("mark", first);
    try (HgWireServer server = serve();
        Mirror mirror = Mirror.start(url(server), 0, Duration.ofMillis(50))) {
      awaitHead(mirror, first);
      assertEquals(1, changesets(mirror));

      Node second = source.commit().message("two").write("a", "2\n").commit();
      source.bookmark("mark", second);
      awaitHead(mirror, second);
      assertEquals(2, changesets(mirror));
      try (Peer peer = Peer.connect(mirror.url())) {
        assertEquals(
            ByteString.utf8(second.hex()), peer.listkeys("bookmarks").get(ByteString.utf8("mark")));
      }
    }
  }

  @Test
  void keepsServingWhileTheSourceIsDown() throws Exception {
    Node first = source.commit().message("one").write("a", "1\n").commit();
    HgWireServer server = serve();
    try (Mirror mirror = Mirror.start(url(server), 0, Duration.ofMillis(50))) {
      awaitHead(mirror, first);
      server.close();
      Thread.sleep(200);
      assertEquals(1, changesets(mirror));
    } finally {
      server.close();
    }
  }

  private HgWireServer serve() throws IOException {
    return HgWireServer.builder(ServerOptions.builder(RepositoryResolver.atRoot(source)).build())
        .grace(Duration.ofMillis(100))
        .start();
  }

  private static String url(HgWireServer server) {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private static void awaitHead(Mirror mirror, Node head) throws Exception {
    try (Peer peer = Peer.connect(mirror.url())) {
      while (!peer.heads().equals(List.of(head))) {
        Thread.sleep(20);
      }
    }
  }

  private static long changesets(Mirror mirror) throws IOException {
    try (Peer peer = Peer.connect(mirror.url());
        PullSink sink = TemporaryRepositorySink.open()) {
      return Pull.run(peer, sink).changesets();
    }
  }
}
