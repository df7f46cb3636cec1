// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.ByteString;

/**
 * A repository on disk that has a part of what a server has, and then pulls from it while it lies.
 */
final class HostilePull implements AutoCloseable {
  private static final int BEFORE = 4;
  private static final int BATCH = 3;

  private final Path directory;
  final ScriptedRepository repository = new ScriptedRepository(2_000).grow(BEFORE);
  final Version1Server server = new Version1Server(repository);

  /** Pulls the first changesets. */
  HostilePull(Path directory, int more) throws IOException {
    this.directory = directory;
    server.start();
    pull();
    repository.grow(more);
  }

  private Path target() {
    return directory.resolve("repository");
  }

  PullSummary pull() throws IOException {
    PeerOptions connection =
        PeerOptions.builder()
            .retries(RetryPolicy.never())
            .idleTimeout(Duration.ofSeconds(2))
            .firstByteTimeout(Duration.ofSeconds(2))
            .build();
    Path temporary = Files.createDirectories(directory.resolve("temporary"));
    try (Peer peer = Peer.connect(server.url(), connection);
        PullSink sink = RepositorySink.open(target(), null)) {
      return Pull.run(
          peer, sink, PullOptions.DEFAULT.withBatchSize(BATCH).withDirectory(temporary));
    }
  }

  /**
   * Pulls while the server lies, which fails with a message that has {@code message}: nothing of
   * that is in the repository. Then the server is honest, and the next pull gets everything.
   */
  void requireRefused(String message) throws IOException {
    requireFails(message);
    requireCompletes();
  }

  /**
   * Pulls while the server lies about what no hash covers: changesets may be in the repository, as
   * drafts, but nothing besides.
   */
  void requireChangesetsAlone(String message) throws IOException {
    requireSentence(catchThrowable(this::pull), message);
    assertThat(target().resolve(".hg/bookmarks")).doesNotExist();
    assertThat(target().resolve(".hg/store/obsstore")).doesNotExist();
    try (PullSink sink = RepositorySink.open(target(), null)) {
      assertThat(requireNonNull(sink.state()).draftRoots())
          .containsExactly(repository.changesets.get(BEFORE).node());
    }
    requireCompletes();
  }

  /**
   * Pulls while the server lies, where whole batches may remain that no lie was about.
   *
   * @param mayPass whether the lie may be about what does not matter
   */
  void requireRefusedLater(String message, boolean mayPass) throws IOException {
    Throwable thrown = catchThrowable(this::pull);
    if (thrown != null || !mayPass) {
      requireSentence(thrown, message);
    }
    requireCompletes();
  }

  /** Pulls while the server lies, and goes on to do so; nothing of that is in the repository. */
  void requireFails(String message) throws IOException {
    Map<String, ByteString> before = files();
    Throwable thrown = catchThrowable(this::pull);
    requireSentence(thrown, message);
    assertThat(files()).as("after: %s", thrown.getMessage()).isEqualTo(before);
  }

  private static void requireSentence(Throwable thrown, String message) {
    assertThat(thrown)
        .isInstanceOf(PeerException.class)
        .message()
        .containsPattern("(?i)" + message)
        .matches("[^\\p{Cntrl}]{20,70000}");
  }

  /** Checks that a pull from the server, which is honest now, gets everything. */
  void requireCompletes() throws IOException {
    server.repent();
    pull();
    try (PullSink sink = RepositorySink.open(target(), null)) {
      assertThat(sink.incomplete()).isEmpty();
      assertThat(sink.heads()).extracting(head -> head.hex()).containsExactly(server.head());
      for (ScriptedRepository.Revision manifest : repository.manifests) {
        assertThat(sink.has(RevisionKey.manifest(manifest.node()))).isTrue();
      }
    }
    try (Stream<Path> left = Files.list(directory.resolve("temporary"))) {
      assertThat(left).isEmpty();
    }
    assertThat(pull()).isEqualTo(new PullSummary(0, 0, 0, 0));
  }

  /** Returns all that is on the disk, but for the changesets that wait beside the repository. */
  private Map<String, ByteString> files() throws IOException {
    Map<String, ByteString> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(target())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("hgwire/changesets")) {
          contents.put(file.toString(), ByteString.copyOf(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }

  @Override
  public void close() {
    server.close();
  }
}
