// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Repositories that the writer wrote, read and written by every hg. */
@Timeout(600)
final class WrittenRepositoriesTest {
  private static final String EVOLUTION = "experimental.evolution=all";
  private static final String LINE =
      "{node} {p1node} {p2node} {rev} {branch} {phase} {bookmarks} {obsolete} {tags}"
          + " {manifest} {files} {file_copies}\\n{desc}\\n";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"V5_6, 1000, true", "V6_3, 20, false"})
  void everyHgReadsCopy(HgVersion version, int batch, boolean withDeltas) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories repositories = new SampleRepositories(hg);
    for (Path source :
        List.of(
            repositories.rich(directory.resolve("rich")),
            version == HgVersion.V5_6
                ? repositories.random(directory.resolve("random"))
                : repositories.large(directory.resolve("large")),
            growing(hg, directory.resolve("growing")))) {
      Path target = directory.resolve(source.getFileName() + "-copy");
      try (RepositoryWriter writer =
          RepositoryWriter.create(target, "https://example.com/", RevlogLimits.defaults())) {
        new RepositoryCopy(source, withDeltas).into(writer, batch);
      }
      assertSame(hg, source, target);
      for (HgVersion each : HgVersion.values()) {
        verify(RealHg.require(each), target);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "NEWEST"})
  void everyHgWritesCopyAndWriterGoesOn(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = growing(hg, directory.resolve("source"));
    Path target = directory.resolve("target");
    RepositoryWriter.create(target, null, RevlogLimits.defaults()).close();
    for (int round = 0; round < 4; round++) {
      try (RepositoryWriter writer = RepositoryWriter.open(target, RevlogLimits.defaults())) {
        new RepositoryCopy(source, true).into(writer, 1000);
      }
      assertSame(hg, source, target);
      verify(hg, target);
      commit(hg, target, round);
      verify(hg, target);
      hg.run(source, "pull", "-q", target.toString());
      commit(hg, source, 10 + round);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "NEWEST"})
  void writerContinuesRepositoryOfHg(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories repositories = new SampleRepositories(hg);
    for (Path source :
        List.of(
            growing(hg, directory.resolve("growing")),
            repositories.large(directory.resolve("large")))) {
      for (String revision : List.of("0", "1", "3")) {
        Path target = directory.resolve(source.getFileName() + "-" + revision);
        hg.run(directory, "clone", "-q", "-r", revision, source.toString(), target.toString());
        hg.run(target, "phase", "-q", "--force", "--draft", "-r", "all()");
        try (RepositoryWriter writer = RepositoryWriter.open(target, RevlogLimits.defaults())) {
          new RepositoryCopy(source, false).into(writer, 2);
        }
        assertSame(hg, source, target);
        verify(hg, target);
      }
    }
  }

  /** A repository with file logs that are split at once, or later, and names that are escaped. */
  private static Path growing(Hg hg, Path repository) throws IOException {
    hg.run(Path.of("."), "init", repository.toString());
    SampleRepositories.publishNothing(repository);
    for (int i = 0; i < 5; i++) {
      commit(hg, repository, i);
    }
    return repository;
  }

  private static void commit(Hg hg, Path repository, int seed) throws IOException {
    Random random = new Random(seed);
    String longName = "A_Directory.with.a.Long.Name/".repeat(6);
    for (String name : List.of("large", "aux.c", "X.i/Y.d/ z", longName + "file")) {
      byte[] noise = new byte[name.equals("large") ? 200_000 : 50_000];
      random.nextBytes(noise);
      Path file = repository.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, noise);
    }
    StringBuilder lines = new StringBuilder();
    random.ints(3000, 0, 100).forEach(n -> lines.append("line ").append(n).append('\n'));
    Files.writeString(repository.resolve("lines"), lines);
    Files.writeString(repository.resolve("file " + seed), "");
    hg.run(repository, "commit", "-q", "-A", "-m", "changes " + seed, "-d", seed + " 0");
  }

  private static void assertSame(Hg hg, Path source, Path target) {
    for (String hidden : List.of("--hidden", "--verbose")) {
      String[] log = {"log", hidden, "--config", EVOLUTION, "-T", LINE};
      assertThat(hg.run(target, log)).isEqualTo(hg.run(source, log));
    }
    String[] markers = {"debugobsolete", "--config", EVOLUTION};
    assertThat(hg.run(target, markers)).isEqualTo(hg.run(source, markers));
  }

  private static void verify(Hg hg, Path repository) {
    Hg.Result result = hg.tryRun(repository, "", List.of("verify", "--config", EVOLUTION));
    List<String> lines = new ArrayList<>(result.orThrow().lines().toList());
    assertThat(lines.get(lines.size() - 1)).startsWith("checked ");
    assertThat(result.output() + result.errors()).doesNotContain("warning", "orphan");
  }
}
