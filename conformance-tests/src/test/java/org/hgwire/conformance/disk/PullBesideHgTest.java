// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.hgwire.server.store.StoreRepository;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A pull into a repository while hg reads and writes there: between two batches of it, in the
 * middle of one, or all the time.
 */
@Timeout(300)
final class PullBesideHgTest {
  private static final PullOptions OPTIONS = PullOptions.DEFAULT.withBatchSize(75);

  @TempDir Path directory;
  private Hg hg = new Hg(Path.of("hg"));
  private ProtocolVersion version = ProtocolVersion.VERSION_1;
  private Path source = Path.of("source");
  private Path target = Path.of("target");
  private URI url = URI.create("http://localhost/");
  private @Nullable StoreRepository repository;
  private @Nullable ServedHistory served;

  private void serve(HgVersion hgVersion, ProtocolVersion spoken) throws IOException {
    hg = RealHg.require(hgVersion);
    version = spoken;
    source = new SampleRepositories(hg).large(directory.resolve("source"));
    target = directory.resolve("target");
    StoreRepository opened = StoreRepository.open(source);
    repository = opened;
    ServedHistory started = new ServedHistory(opened);
    served = started;
    url = started.url();
  }

  @AfterEach
  void stop() throws IOException {
    if (served != null) {
      served.close();
    }
    if (repository != null) {
      repository.close();
    }
  }

  /** A sink beside which hg does something. */
  private static final class Beside extends ForwardingPullSink {
    private final Runnable betweenBatches;
    private final Runnable inBatch;
    private int batches;
    private int files;

    Beside(PullSink sink, Runnable betweenBatches, Runnable inBatch) {
      super(sink);
      this.betweenBatches = betweenBatches;
      this.inBatch = inBatch;
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      if (revision.key().kind() == RevisionKind.FILE && files++ == 100) {
        inBatch.run();
      }
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) throws IOException {
      super.changesetsCompleted(changesets);
      if (++batches == 2) {
        betweenBatches.run();
      }
    }
  }

  private void pull(Runnable betweenBatches, Runnable inBatch) throws IOException {
    PeerOptions connection = PeerOptions.builder().protocol(version).build();
    try (Peer peer = Peer.connect(url, connection);
        PullSink sink =
            new Beside(RepositorySink.open(target, url.toString()), betweenBatches, inBatch)) {
      Pull.run(peer, sink, OPTIONS);
    }
  }

  private void pull() throws IOException {
    pull(() -> {}, () -> {});
  }

  private List<String> nodes(Path root) {
    return hg.run(root, "log", "-T", "{node}\n").lines().sorted().toList();
  }

  private void requireComplete() throws IOException {
    Hg.Result result = hg.tryRun(target, "", List.of("verify"));
    assertThat(result.orThrow() + result.errors()).doesNotContain("warning");
    RepositoryContents.requireSound(target);
    assertThat(nodes(target)).containsAll(nodes(source));
  }

  private void commit(String name) {
    try {
      Files.writeString(target.resolve(name), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hg.run(target, "commit", "-q", "-A", "-m", name, name);
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_2", "NEWEST, VERSION_1"})
  void whatHgCommitsAndMarksBetweenBatchesStays(HgVersion hgVersion, ProtocolVersion spoken)
      throws IOException {
    serve(hgVersion, spoken);
    pull(
        () -> {
          hg.run(target, "update", "-q", "30");
          commit("local");
          hg.run(target, "commit", "-q", "--amend", "-m", "amended");
          hg.run(target, "bookmark", "mine");
          hg.run(target, "phase", "-q", "--public", "-r", "20");
          hg.run(target, "phase", "-q", "--force", "--secret", "-r", "100");
        },
        () -> {
          int count = nodes(target).size();
          assertThat(count).isZero();
        });
    requireComplete();
    assertThat(hg.run(target, "log", "-r", "mine", "-T", "{desc} {phase}"))
        .isEqualTo("amended draft");
    assertThat(hg.run(target, "log", "-r", "20+21+100", "-T", "{phase} "))
        .isEqualTo("public draft secret ");
    assertThat(nodes(target)).hasSize(nodes(source).size() + 1);
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_1", "NEWEST, VERSION_2", "V7_0, VERSION_1", "V6_3, VERSION_2"})
  void hgPullsTheSameBetweenBatches(HgVersion hgVersion, ProtocolVersion spoken)
      throws IOException {
    serve(hgVersion, spoken);
    pull(() -> hg.run(target, "pull", "-q", "-r", "250", url.toString()), () -> {});
    requireComplete();
    assertThat(nodes(target)).isEqualTo(nodes(source));
    Path all = directory.resolve("all");
    target = all;
    pull(() -> hg.run(target, "pull", "-q", url.toString()), () -> {});
    requireComplete();
    assertThat(nodes(target)).isEqualTo(nodes(source));
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_1", "NEWEST, VERSION_2"})
  void whatHgStripsEndsThePull(HgVersion hgVersion, ProtocolVersion spoken) throws IOException {
    serve(hgVersion, spoken);
    String[] strip = {
      "--config", "extensions.strip=", "strip", "-q", "--force", "--no-backup", "-r", "110"
    };
    assertThatThrownBy(() -> pull(() -> hg.run(target, strip), () -> {}))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CHANGED))
        .hasMessageContaining("pull again");
    RepositoryContents.requireSound(target);
    assertThat(nodes(target)).hasSizeBetween(1, 149);
    pull();
    requireComplete();
    assertThat(nodes(target)).isEqualTo(nodes(source));
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_1", "NEWEST, VERSION_2"})
  void secondPullIsRefusedAndTheFirstGoesOn(HgVersion hgVersion, ProtocolVersion spoken)
      throws IOException {
    serve(hgVersion, spoken);
    Runnable second =
        () -> {
          assertThatThrownBy(this::pull)
              .isInstanceOfSatisfying(
                  StoreException.class,
                  e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED));
          try {
            Process other = KilledRepositoryPull.start(url.toString(), target, version, -1);
            assertThat(other.waitFor()).isPositive();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    pull(second, second);
    requireComplete();
    assertThat(nodes(target)).isEqualTo(nodes(source));
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_2", "NEWEST, VERSION_1"})
  void hgReadsAndCommitsAllTheTime(HgVersion hgVersion, ProtocolVersion spoken) throws Exception {
    serve(hgVersion, spoken);
    hg.run(directory, "init", target.toString());
    PullOptions small = PullOptions.DEFAULT.withBatchSize(4);
    CompletableFuture<Void> pulled =
        CompletableFuture.runAsync(
            () -> {
              PeerOptions connection = PeerOptions.builder().protocol(version).build();
              try (Peer peer = Peer.connect(url, connection);
                  PullSink sink = RepositorySink.open(target, null)) {
                Pull.run(peer, sink, small);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    int commits = 0;
    while (commits < 3 || !pulled.isDone()) {
      commit("local " + commits++);
      Hg.Result result = hg.tryRun(target, "", List.of("verify"));
      assertThat(result.orThrow() + result.errors()).doesNotContain("warning", "orphan");
      assertThat(hg.run(target, "log", "-r", "heads(all())", "-T", "x")).isNotEmpty();
    }
    pulled.join();
    requireComplete();
    assertThat(nodes(target)).hasSize(nodes(source).size() + commits);
  }
}
