// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Revlogs that are read while a real hg writes them: what is there can be read, whatever comes
 * after it, also when an inline revlog becomes two files.
 */
@Timeout(300)
class WrittenRevlogsTest {
  private static final int COMMITS = 8;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = HgVersion.class,
      names = {"V5_6", "NEWEST"})
  void whatIsThereIsReadWhileHgCommits(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path repository = directory.resolve("repository");
    hg.run(directory, "init", repository.toString());
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> commits = executor.submit(() -> commit(hg, repository));
      int seen = 0;
      while (!commits.isDone()) {
        seen = Math.max(seen, read(repository.resolve(".hg/store/00changelog.i"), seen));
        read(repository.resolve(".hg/store/00manifest.i"), seen);
        // When it is split, 7.x shows that only after the changelog.
        read(repository.resolve(".hg/store/data/growing.i"), 0);
      }
      commits.get();
    } finally {
      executor.shutdownNow();
    }
    for (String name : new String[] {"00changelog.i", "00manifest.i", "data/growing.i"}) {
      assertThat(read(repository.resolve(".hg/store").resolve(name), COMMITS)).isEqualTo(COMMITS);
    }
  }

  private static Void commit(Hg hg, Path repository) throws IOException {
    byte[] content = new byte[40_000];
    for (int i = 0; i < COMMITS; i++) {
      new Random(i).nextBytes(content);
      Files.write(repository.resolve("growing"), content);
      hg.run(repository, "commit", "-q", "-A", "-m", "commit " + i);
    }
    return null;
  }

  /** Reads all of a revlog, which has at least {@code least} revisions, and returns how many. */
  private static int read(Path index, int least) throws IOException {
    try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
      assertThat(revlog.count()).isGreaterThanOrEqualTo(least);
      for (int r = 0; r < revlog.count(); r++) {
        revlog.verify(r);
      }
      try (Revlog newer = revlog.reopen()) {
        assertThat(newer.count()).isGreaterThanOrEqualTo(revlog.count());
      }
      return revlog.count();
    } catch (NoSuchFileException e) {
      assertThat(least).isZero();
      return 0;
    }
  }
}
