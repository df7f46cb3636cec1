// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pulls into a repository on a disk that becomes full: an error that names a file, a sound
 * repository, and the next pull, with room, completes it.
 */
@Timeout(3600)
final class FullDiskPullTest {
  /** How often the disk becomes full. */
  private static final int POINTS = Integer.getInteger("full.points", 6);

  /** An empty file system of some 100 KB to a few MB, which is filled and emptied. */
  private static final String SMALL_DISK = "full.disk";

  private static final List<HgVersion> VERSIONS = List.of(HgVersion.values());
  private static final PullOptions OPTIONS = PullOptions.DEFAULT.withBatchSize(60);

  @TempDir Path directory;

  private static PullSummary pull(URI url, ProtocolVersion version, Path target)
      throws IOException {
    PeerOptions connection = PeerOptions.builder().protocol(version).build();
    try (Peer peer = Peer.connect(url, connection);
        RepositorySink sink = RepositorySink.open(target, url.toString())) {
      return Pull.run(peer, sink, OPTIONS);
    }
  }

  private interface Attempt {
    /** Pulls where the disk becomes full; returns what was thrown, or null. */
    Throwable pull(URI url, int point, Path target) throws IOException;
  }

  private void requireCompletes(ProtocolVersion version, Path targets, Attempt attempt)
      throws IOException {
    Path source = new SampleRepositories(RealHg.require()).large(directory.resolve("source"));
    int failed = 0;
    int partly = 0;
    try (StoreRepository repository = StoreRepository.open(source);
        ServedHistory served = new ServedHistory(repository)) {
      Path whole = directory.resolve("whole");
      pull(served.url(), version, whole);
      RepositoryContents expected = RepositoryContents.read(whole);
      for (int point = 0; point < POINTS; point++) {
        Path target = targets.resolve("target" + point);
        Throwable thrown = attempt.pull(served.url(), point, target);
        if (thrown != null) {
          failed++;
          assertThat(thrown)
              .isInstanceOf(FileSystemException.class)
              .hasMessageContaining(target.getFileName().toString())
              .hasMessageContaining("No space left on device");
        }
        if (Files.exists(target.resolve(".hg"))) {
          RepositorySink.open(target, null).close();
          RepositoryContents.requireVerified(target);
          int already = RepositoryContents.read(target).changesets().size();
          partly += already > 0 && already < expected.changesets().size() ? 1 : 0;
        }
        pull(served.url(), version, target);
        RepositoryContents.requireSound(target);
        assertThat(RepositoryContents.read(target)).as("point %d", point).isEqualTo(expected);
        assertThat(pull(served.url(), version, target)).isEqualTo(new PullSummary(0, 0, 0, 0));
        if (point % 10 == 0) {
          Hg hg = RealHg.require(VERSIONS.get(point / 10 % VERSIONS.size()));
          Hg.Result result = hg.tryRun(target, "", List.of("verify"));
          assertThat(result.orThrow() + result.errors()).doesNotContain("warning");
        }
        Hg.run(new ProcessBuilder("rm", "-r", target.toString()), "").orThrow();
      }
    }
    System.out.printf(
        "%s: %d points, %d pulls failed, %d of them with a part of the changesets%n",
        version, POINTS, failed, partly);
    assertThat(failed).isGreaterThan(POINTS / 2);
  }

  @ParameterizedTest
  @CsvSource({"VERSION_1, 1", "VERSION_2, 1", "VERSION_1, 1000000", "VERSION_2, 1000001"})
  void nextPullCompletesRepository(ProtocolVersion version, int faultsInARow) throws IOException {
    WriteFaults none = new WriteFaults(Integer.MAX_VALUE, 1, false);
    int[] writes = {0};
    requireCompletes(
        version,
        directory,
        (url, point, target) -> {
          if (writes[0] == 0) {
            Path first = directory.resolve("first");
            pull(url, version, new FailingDisk(FileSystems.getDefault(), none).path(first));
            writes[0] = none.writes();
          }
          int write = 1 + (int) ((long) writes[0] * point / POINTS);
          WriteFaults faults = new WriteFaults(write, faultsInARow, faultsInARow % 2 > 0);
          Path disk = new FailingDisk(FileSystems.getDefault(), faults).path(target);
          return catchThrowable(() -> pull(url, version, disk));
        });
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nextPullCompletesRepositoryOnSmallDisk(ProtocolVersion version) throws IOException {
    String given = System.getProperty(SMALL_DISK, "");
    Assumptions.assumeFalse(given.isEmpty(), "-D" + SMALL_DISK + " names no small file system");
    Path disk = Path.of(given);
    Path ballast = disk.resolve("ballast");
    long[] needed = {0};
    requireCompletes(
        version,
        disk,
        (url, point, target) -> {
          if (needed[0] == 0) {
            long before = disk.toFile().getUsableSpace();
            pull(url, version, target);
            needed[0] = before - disk.toFile().getUsableSpace();
            Hg.run(new ProcessBuilder("rm", "-r", target.toString()), "").orThrow();
          }
          long room = needed[0] * point / POINTS;
          fill(ballast, disk.toFile().getUsableSpace() - room);
          Throwable thrown = catchThrowable(() -> pull(url, version, target));
          Files.delete(ballast);
          return thrown;
        });
  }

  /** Makes a file of so many bytes that are really there. */
  private static void fill(Path file, long length) throws IOException {
    byte[] block = new byte[4096];
    try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
      for (long done = 0; done + block.length <= length; done += block.length) {
        output.write(block);
      }
    }
  }
}
