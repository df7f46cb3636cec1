// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer writes to a repository while hg reads and commits there. */
@Timeout(300)
final class WriterBesideHgTest {
  private static final int BATCH = 3;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "NEWEST"})
  void bothWaitForEachOther(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).large(directory.resolve("source"));
    Path target = directory.resolve("target");
    RepositoryWriter.create(target, null, RevlogLimits.defaults()).close();
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> copy(source, target));

    int commits = 0;
    while (commits < 3 || !written.isDone()) {
      Files.writeString(target.resolve("file of hg"), "text " + commits);
      hg.run(target, "commit", "-q", "-A", "-m", "of hg " + commits++);
      assertThat(verified(hg, target)).doesNotContain("warning", "orphan");
    }
    written.join();

    assertThat(hg.run(target, "log", "-r", "desc('re:^of hg')", "-T", "x")).hasSize(commits);
    String line = "{node} {manifest}\\n";
    assertThat(hg.run(target, "log", "-T", line).lines().toList())
        .containsAll(hg.run(source, "log", "-T", line).lines().toList())
        .hasSize(301 + commits);
  }

  private static void copy(Path source, Path target) {
    try (RepositoryWriter writer = RepositoryWriter.open(target, RevlogLimits.defaults())) {
      new RepositoryCopy(source, true).into(writer, BATCH);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String verified(Hg hg, Path repository) {
    Hg.Result result = hg.tryRun(repository, "", List.of("verify"));
    return result.orThrow() + result.errors();
  }
}
