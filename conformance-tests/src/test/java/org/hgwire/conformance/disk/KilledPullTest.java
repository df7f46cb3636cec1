// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pull leaves on the disk that is killed. */
@Timeout(60)
final class KilledPullTest {
  @TempDir Path directory;
  private Path into;
  private Path temporary;

  @BeforeEach
  void makeDirectories() throws IOException {
    into = Files.createDirectory(directory.resolve("into"));
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  @Test
  void leavesNoTemporaryFileAndNextOneCompletesIt() throws Exception {
    try (ServedHistory history = new ServedHistory()) {
      Process process = KilledPull.start(history.url().toString(), into, temporary);
      process.destroyForcibly().waitFor();

      assertThat(names(temporary)).isEmpty();
      try (Peer peer = Peer.connect(history.url(), PeerOptions.defaults());
          PullSink sink = RepositorySink.open(into);
          PullSink all = TemporaryRepositorySink.open(temporary)) {
        PullSummary rest = Pull.run(peer, sink);
        assertThat(rest.fileRevisions()).isPositive();
        assertThat(sink.incomplete()).isEmpty();
        assertThat(Pull.run(peer, all).fileRevisions())
            .isGreaterThanOrEqualTo(rest.fileRevisions());
      }
      assertThat(names(temporary)).isEmpty();
    }
  }

  @Test
  void refusedSecondOpenerDoesNotBreakTheLock() throws Exception {
    try (ServedHistory history = new ServedHistory();
        PullSink sink = RepositorySink.open(into)) {
      assertThatThrownBy(() -> RepositorySink.open(into))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED));
      assertThatThrownBy(() -> KilledPull.start(history.url().toString(), into, temporary))
          .hasMessageContaining("ended before");
      assertThat(sink.heads()).isEmpty();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
