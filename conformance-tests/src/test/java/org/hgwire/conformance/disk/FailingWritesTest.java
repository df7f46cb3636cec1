// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.SpillOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writes to a disk fail once, as on a disk that is full and then has room again: a pull fails with
 * an {@link IOException} and the next one completes it, and a server sends what it cannot keep.
 */
@Timeout(300)
final class FailingWritesTest {
  private static final PullOptions SMALL_BATCHES = PullOptions.DEFAULT.withBatchSize(3);

  /** A repository takes many writes; each of them fails in FailingWriterTest. */
  private static final int STEP = 7;

  private static ServedHistory history;
  private static Set<RevisionKey> keys;
  private static SinkContents expected;

  @TempDir Path temporary;

  @BeforeAll
  static void pullOnSoundDisk(@TempDir Path directory) throws IOException {
    history = new ServedHistory();
    try (Peer peer = Peer.connect(history.url(), PeerOptions.defaults());
        SinkContents.Recording sink = new SinkContents.Recording(RepositorySink.open(directory))) {
      Pull.run(peer, sink);
      keys = sink.keys;
      expected = SinkContents.read(sink, keys);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    history.close();
  }

  private interface Opening {
    PullSink open() throws IOException;
  }

  /** Opens a sink again until there are no more faults. */
  private static PullSink openAtLast(Opening opening, int faults) throws IOException {
    for (int i = 0; i < faults; i++) {
      try {
        return opening.open();
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left");
      }
    }
    return opening.open();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void pullIntoTheSameSinkCompletesIt(int faultsInARow, boolean shortFirst) throws IOException {
    for (int write = 1; ; write += STEP) {
      Path directory = Files.createDirectory(temporary.resolve("into" + write));
      WriteFaults faults = new WriteFaults(write, faultsInARow, shortFirst);
      Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(directory);
      try (Peer peer = Peer.connect(history.url(), PeerOptions.defaults());
          PullSink sink = openAtLast(() -> RepositorySink.open(disk), faultsInARow)) {
        pullUntilComplete(peer, sink, SMALL_BATCHES, faultsInARow);
        faults.stop();
        assertThat(SinkContents.read(sink, keys)).as("write %d", write).isEqualTo(expected);
      }
      assertThatDirectoryIsComplete(directory, write);
      if (!faults.happened()) {
        assertThat(write).isGreaterThan(10);
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void pullIntoTheReopenedSinkCompletesIt(int faultsInARow, boolean shortFirst) throws IOException {
    for (int write = 1; ; write += STEP) {
      Path directory = Files.createDirectory(temporary.resolve("into" + write));
      WriteFaults faults = new WriteFaults(write, faultsInARow, shortFirst);
      Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(directory);
      try (Peer peer = Peer.connect(history.url(), PeerOptions.defaults())) {
        try (PullSink sink = RepositorySink.open(disk)) {
          Pull.run(peer, sink, SMALL_BATCHES);
        } catch (IOException full) {
          assertThat(full).hasMessageContaining("No space left");
        }
        try (PullSink sink = RepositorySink.open(directory)) {
          Pull.run(peer, sink);
        }
      }
      assertThatDirectoryIsComplete(directory, write);
      if (!faults.happened()) {
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void pullWithSpillsCompletes(int faultsInARow, boolean shortFirst) throws IOException {
    for (int write = 1; ; write += STEP) {
      WriteFaults faults = new WriteFaults(write, faultsInARow, shortFirst);
      Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(temporary);
      PeerOptions options =
          PeerOptions.builder()
              .spill(SpillOptions.DEFAULT.withBytesInMemory(0, 0).withDirectory(disk))
              .build();
      try (Peer peer = Peer.connect(history.url(), options);
          PullSink sink = openAtLast(() -> TemporaryRepositorySink.open(disk), faultsInARow)) {
        PullOptions spilling = SMALL_BATCHES.withTextInMemory(0).withDirectory(disk);
        pullUntilComplete(peer, sink, spilling, faultsInARow);
        faults.stop();
        assertThat(SinkContents.read(sink, keys)).as("write %d", write).isEqualTo(expected);
      }
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left).isEmpty();
      }
      if (!faults.happened()) {
        assertThat(write).isGreaterThan(10);
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void serverSendsWhatItCannotKeep(int faultsInARow, boolean shortFirst) throws IOException {
    PeerOptions options =
        PeerOptions.builder()
            .redirects(
                RedirectPolicy.builder()
                    .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1"))
                    .build())
            .build();
    for (int write = 1; ; write++) {
      Path directory = Files.createDirectory(temporary.resolve("kept" + write));
      WriteFaults faults = new WriteFaults(write, faultsInARow, shortFirst);
      Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(directory);
      try (RedirectingServer server =
          RedirectingServer.start(ServedHistory.repository(), Settings.plain(disk, null))) {
        for (int pull = 0; pull < 3; pull++) {
          try (Peer peer = Peer.connect(server.url(), options);
              PullSink sink = TemporaryRepositorySink.open(temporary)) {
            Pull.run(peer, sink);
            assertThat(SinkContents.read(sink, keys)).as("write %d", write).isEqualTo(expected);
          }
        }
      }
      if (!faults.happened()) {
        assertThat(write).isGreaterThan(10);
        return;
      }
    }
  }

  private static void pullUntilComplete(Peer peer, PullSink sink, PullOptions options, int failures)
      throws IOException {
    for (int failed = 0; ; failed++) {
      try {
        Pull.run(peer, sink, options);
        return;
      } catch (IOException full) {
        assertThat(full).hasStackTraceContaining("No space left");
        assertThat(failed).isLessThan(failures);
      }
    }
  }

  private static void assertThatDirectoryIsComplete(Path directory, int write) throws IOException {
    try (Peer peer = Peer.connect(history.url(), PeerOptions.defaults());
        SinkContents.Recording sink = new SinkContents.Recording(RepositorySink.open(directory))) {
      assertThat(SinkContents.read(sink, keys)).as("write %d", write).isEqualTo(expected);
      Pull.run(peer, sink);
      assertThat(sink.keys).isEmpty();
    }
  }
}
