// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedFilesTest {
  @TempDir Path directory;

  /** Makes a file and a directory, says so, and waits to be killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      try (OwnedFiles files = OwnedFiles.open(directory, "some-");
          HashedFiles hashed = HashedFiles.builder(directory.resolve("hashed")).open()) {
        Files.createFile(files.newDirectory().resolve("inside"));
        Files.writeString(files.newFile(), "text");
        Files.writeString(hashed.newFile(), "text");
        System.out.write('.');
        System.out.flush();
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      }
    }
  }

  @Test
  void filesOfKilledProcessAreDeleted() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('.');
      try (OwnedFiles running = OwnedFiles.open(directory, "some-");
          HashedFiles hashed = HashedFiles.builder(directory.resolve("hashed")).open()) {
        assertThat(running).isNotNull();
        assertThat(hashed).isNotNull();
        assertThat(names(directory)).filteredOn(name -> name.contains("-")).hasSize(4);
        assertThat(names(directory.resolve("hashed/unfinished"))).hasSize(3);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    Files.createFile(directory.resolve("some-other"));

    OwnedFiles.open(directory, "some-").close();
    HashedFiles.builder(directory.resolve("hashed")).open().close();

    assertThat(names(directory)).containsExactlyInAnyOrder("some-other", "hashed");
    assertThat(names(directory.resolve("hashed/unfinished"))).isEmpty();
  }

  @Test
  void filesInUseInThisProcessStay() throws IOException {
    try (OwnedFiles one = OwnedFiles.open(directory, "")) {
      Path file = one.newFile();
      OwnedFiles.open(directory, "").close();

      assertThat(file).exists();
    }
    assertThat(names(directory)).isEmpty();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
