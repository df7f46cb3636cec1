// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pulls into a repository that are killed, with {@code kill -9}, until so many were killed while
 * they wrote: then hg, or the next pull, makes undone what was not complete, and goes on.
 */
@Timeout(7200)
final class KilledRepositoryPullTest {
  private static final int KILLS = Integer.getInteger("kills", 6);

  /** Of how many kills hg recovers one; the next pull recovers the others. */
  private static final int HG_EVERY = Integer.getInteger("hg.every", 5);

  private static final List<HgVersion> VERSIONS = List.of(HgVersion.values());
  private static final int MAX_STEP = 500;
  private static final int MAX_NANOS = 8_000_000;

  @TempDir Path directory;
  private final Random random = new Random(Long.getLong("seed", 20_261_126));
  private int kills;
  private int started;
  private int recovered;

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nextPullsMakeTheSameRepository(ProtocolVersion version) throws Exception {
    Path source = new SampleRepositories(RealHg.require()).large(directory.resolve("source"));
    try (StoreRepository repository = StoreRepository.open(source);
        ServedHistory served = new ServedHistory(repository)) {
      String url = served.url().toString();
      Path whole = directory.resolve("whole");
      KilledRepositoryPull.pull(url, whole, version);
      RepositoryContents expected = RepositoryContents.read(whole);
      int number = 0;
      while (kills < KILLS) {
        Path target = directory.resolve("target" + number++);
        while (!isComplete(url, target, version, expected) && kills < KILLS) {
          recover(target, expected);
        }
        KilledRepositoryPull.pull(url, target, version);
        RepositoryContents.requireSound(target);
        assertThat(target.toFile().list()).containsExactly(".hg");
        assertThat(RepositoryContents.read(target)).isEqualTo(expected);
        assertThat(KilledRepositoryPull.pull(url, target, version))
            .isEqualTo(new PullSummary(0, 0, 0, 0));
        verify(VERSIONS.get(number % VERSIONS.size()), target);
      }
      System.out.printf(
          "%s: %d pulls killed, %d of them while they wrote, %d recovered by hg, %d repositories%n",
          version, started, kills, recovered, number);
    }
  }

  /** Starts a pull and kills it; returns whether it was done before. */
  private boolean isComplete(
      String url, Path target, ProtocolVersion version, RepositoryContents expected)
      throws Exception {
    int step = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(MAX_STEP);
    Process process = KilledRepositoryPull.start(url, target, version, step);
    LockSupport.parkNanos(random.nextInt(MAX_NANOS));
    process.destroyForcibly();
    if (process.waitFor() == 0) {
      assertThat(RepositoryContents.read(target)).isEqualTo(expected);
      return true;
    }
    started++;
    Path lock = target.resolve(".hg/store/lock");
    kills += Files.exists(lock, LinkOption.NOFOLLOW_LINKS) ? 1 : 0;
    return false;
  }

  private void recover(Path target, RepositoryContents expected) throws IOException {
    if (!Files.exists(target.resolve(".hg"))) {
      return;
    }
    if (started % HG_EVERY == 0) {
      HgVersion version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      if (Files.exists(target.resolve(".hg/store/journal"))) {
        RealHg.require(version).run(target, "recover");
        recovered++;
      }
      verify(version, target);
    } else {
      RepositorySink.open(target, null).close();
      RepositoryContents.requireVerified(target);
    }
    RepositoryContents contents = RepositoryContents.read(target);
    assertThat(expected.changesets()).containsAll(contents.changesets());
    assertThat(expected.revisions()).containsAll(contents.revisions());
  }

  private static void verify(HgVersion version, Path repository) {
    Hg.Result result = RealHg.require(version).tryRun(repository, "", List.of("verify"));
    assertThat(result.orThrow() + result.errors()).doesNotContain("warning", "orphan");
  }
}
