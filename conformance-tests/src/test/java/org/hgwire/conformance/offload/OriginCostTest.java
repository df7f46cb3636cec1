// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A redirected response costs the server next to nothing. */
final class OriginCostTest {
  private static final int CHANGESETS = 3000;

  @TempDir Path temporary;

  @Test
  void redirectedPullCostsAtMostTwoPercentOfTheBytes() throws IOException {
    MemoryRepository repository = repository();
    Path content = Files.createDirectory(temporary.resolve("content"));
    RedirectPolicy loopback =
        RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build();
    try (ContentHost host = ContentHost.http(content);
        RedirectingServer server =
            RedirectingServer.start(repository, Settings.plain(temporary, host.url()))) {
      RecordingListener inline = new RecordingListener();
      RecordingListener redirected = new RecordingListener();
      PullSummary expected = pull(server, RedirectPolicy.OFF, inline);

      assertThat(pull(server, loopback, redirected)).isEqualTo(expected);

      assertThat(expected.changesets()).isEqualTo(CHANGESETS);
      assertThat(redirected.failedRedirects()).isEmpty();
      System.out.printf(
          "%d changesets: inline the server sends %,d bytes, redirected %,d, that is %.3f %%%n",
          CHANGESETS,
          inline.serverBytes(),
          redirected.serverBytes(),
          100.0 * redirected.serverBytes() / inline.serverBytes());
      assertThat(redirected.serverBytes() * 50).isLessThanOrEqualTo(inline.serverBytes());
    }
  }

  private PullSummary pull(RedirectingServer server, RedirectPolicy policy, RecordingListener log)
      throws IOException {
    PeerOptions options = PeerOptions.builder().redirects(policy).listener(log).build();
    try (Peer peer = Peer.connect(server.url(), options);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      return Pull.run(peer, sink);
    }
  }

  private static MemoryRepository repository() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    Random random = new Random(3000);
    for (int i = 0; i < CHANGESETS; i++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 5; line++) {
        text.append("line ").append(random.nextInt()).append('\n');
      }
      repository
          .commit()
          .user("user " + random.nextInt(20))
          .message("changeset " + i + " does " + random.nextInt())
          .write("directory " + i % 10 + "/file " + i % 97, text.toString())
          .commit();
    }
    return repository;
  }
}
