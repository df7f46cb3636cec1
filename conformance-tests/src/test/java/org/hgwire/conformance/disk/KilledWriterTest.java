// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer that is killed again and again, with {@code kill -9}, until everything is written. In
 * between one hg or another makes the interrupted transaction undone, or the next writer does.
 */
final class KilledWriterTest {
  private static final int KILLS = Integer.getInteger("kills", 20);

  /** Of how many kills hg recovers one; the writer itself recovers the others. */
  private static final int HG_EVERY = Integer.getInteger("hg.every", 2);

  private static final List<HgVersion> VERSIONS = List.of(HgVersion.values());
  private static final int BATCH = 25;
  private static final int MAX_MILLIS = 400;

  @TempDir Path directory;
  private final Random random = new Random(Long.getLong("seed", 11));
  private int kills;
  private int recoveries;
  private int completed;

  @Test
  @Timeout(7200)
  void leavesWhatEveryHgAndTheNextWriterRecover() throws Exception {
    Hg hg = RealHg.require();
    Path source = new SampleRepositories(hg).large(directory.resolve("source"));
    String expected = log(hg, source);
    for (int number = 0; kills < KILLS; number++) {
      Path target = directory.resolve("target" + number);
      while (!writeUntilKilled(source, target)) {
        recover(target);
      }
      completed++;
      assertThat(log(hg, target)).isEqualTo(expected);
      verify(VERSIONS.get(number % VERSIONS.size()), target);
    }
    System.out.printf("%d kills, %d recoveries, %d copies%n", kills, recoveries, completed);
    assertThat(recoveries).isPositive();
  }

  /** Returns whether everything was written. */
  private boolean writeUntilKilled(Path source, Path target) throws Exception {
    Process process = KilledWriter.start(source, target, BATCH);
    if (process.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS)) {
      assertThat(process.exitValue()).isZero();
      return true;
    }
    process.destroyForcibly().waitFor();
    kills++;
    return false;
  }

  private void recover(Path target) throws IOException {
    if (!Files.exists(target.resolve(".hg"))) {
      return;
    }
    assertThatWholeBatchesShow(target);
    boolean interrupted = Files.exists(target.resolve(".hg/store/journal"));
    recoveries += interrupted ? 1 : 0;
    if (kills % HG_EVERY > 0) {
      try (RepositoryWriter writer = RepositoryWriter.open(target, RevlogLimits.defaults())) {
        writer.begin(Duration.ofSeconds(30)).close();
      }
    } else {
      HgVersion version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      if (interrupted) {
        RealHg.require(version).run(target, "recover");
      }
      verify(version, target);
    }
    assertThat(target.resolve(".hg/store/journal")).doesNotExist();
    assertThatWholeBatchesShow(target);
    assertThatLogsAreSound(target);
  }

  /** Checks that every revision can be read, and is of a changeset that is there. */
  private static void assertThatLogsAreSound(Path target) throws IOException {
    Path store = target.resolve(".hg/store");
    int changesets = -1;
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".i")).sorted().toList()) {
        try (Revlog log = Revlog.open(file, RevlogLimits.defaults())) {
          changesets = changesets < 0 ? log.count() : changesets;
          for (int r = 0; r < log.count(); r++) {
            log.verify(r);
            assertThat(log.link(r)).isLessThan(changesets);
          }
        }
      }
    }
  }

  private static void assertThatWholeBatchesShow(Path target) throws IOException {
    Path index = target.resolve(".hg/store/00changelog.i");
    if (Files.exists(index)) {
      try (Revlog changelog = Revlog.open(index, RevlogLimits.defaults())) {
        assertThat(changelog.incompleteBytes()).isZero();
        assertThat(changelog.count() % BATCH == 0 || changelog.count() == 301).isTrue();
      }
    }
  }

  private static String log(Hg hg, Path repository) {
    return hg.run(repository, "log", "--debug", "-T", "{node} {manifest} {phase}\\n");
  }

  private static void verify(HgVersion version, Path repository) {
    Hg.Result result = RealHg.require(version).tryRun(repository, "", List.of("verify"));
    String text = result.orThrow() + result.errors();
    assertThat(text).contains("checked ").doesNotContain("warning", "orphan");
  }
}
