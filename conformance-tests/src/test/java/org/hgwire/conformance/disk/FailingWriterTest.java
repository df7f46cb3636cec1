// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A repository is written on a disk on which each write fails once, or each and all that follow it,
 * as if the process had been killed there: the transaction is made undone, at once or by the next
 * writer, and the repository becomes what it would have been.
 */
@Timeout(600)
final class FailingWriterTest {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();
  private static final int BATCH = 6;

  /** How many writes there are between those that fail. */
  private static final int STRIDE = Integer.getInteger("stride", 23);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "3, false", "1000000, false", "1000001, true"})
  void nextWriterCompletesRepository(int faultsInARow, boolean shortFirst) throws IOException {
    Hg hg = RealHg.require();
    Path source = new SampleRepositories(hg).rich(directory.resolve("source"));
    RepositoryCopy copy = new RepositoryCopy(source, true);
    Path sound = create("sound");
    try (RepositoryWriter writer = RepositoryWriter.open(sound, LIMITS)) {
      copy.into(writer, BATCH);
    }
    Map<String, ByteString> expected = files(sound);
    Path last = sound;
    int write = 1 + faultsInARow % STRIDE;
    for (WriteFaults faults = null; faults == null || faults.happened(); write += STRIDE) {
      last = create("target" + write);
      faults = new WriteFaults(write, faultsInARow, shortFirst);
      Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(last);
      try (RepositoryWriter writer = RepositoryWriter.open(disk, LIMITS)) {
        copy.into(writer, BATCH);
      } catch (IOException full) {
        assertThat(full).hasStackTraceContaining("No space left");
        if (faultsInARow == 1) {
          assertThat(files(last).keySet()).noneMatch(name -> name.contains("journal"));
        }
      }
      try (RepositoryWriter writer = RepositoryWriter.open(last, LIMITS)) {
        writer.begin(Duration.ZERO).close();
        copy.into(writer, BATCH);
      }
      assertThat(files(last)).as("write %d", write).isEqualTo(expected);
    }
    assertThat(write).isGreaterThan(100);
    hg.run(last, "verify");
  }

  private Path create(String name) throws IOException {
    Path target = directory.resolve(name);
    RepositoryWriter.create(target, null, LIMITS).close();
    return target;
  }

  private static Map<String, ByteString> files(Path root) throws IOException {
    Map<String, ByteString> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), ByteString.copyOf(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
