// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an empty repository is made. */
final class NewRepositoryTest {
  @TempDir Path root;

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** Leaves what a process leaves that ends while it makes a repository. */
  private Path unfinished(String name, String maker) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name));
    Files.createDirectory(directory.resolve("store"));
    Files.writeString(directory.resolve("requires"), "store");
    if (!maker.isEmpty()) {
      Files.createSymbolicLink(directory.resolve("hgwire.maker"), Path.of(maker));
    }
    return directory;
  }

  @Test
  void whatDeadProcessesLeftIsRemoved() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    String self = LockHolder.self().text();
    String here = self.substring(0, self.lastIndexOf(':') + 1);
    unfinished(".hg-dead", here + process.pid());
    unfinished(".hg-alive", self);
    unfinished(".hg-elsewhere", "another-host:1");
    unfinished(".hg-unknown", "");
    Files.writeString(root.resolve(".hg-file"), "a file");

    NewRepository.create(root, null);

    assertThat(names(root))
        .containsExactly(".hg", ".hg-alive", ".hg-elsewhere", ".hg-file", ".hg-unknown");
    assertThat(names(root.resolve(".hg")))
        .containsExactly("00changelog.i", "cache", "requires", "store", "wcache");
  }

  @Test
  void repositoryThatIsThereIsLeftAlone() throws IOException {
    NewRepository.create(root, "https://example.com/");
    List<String> before = names(root.resolve(".hg"));
    assertThatThrownBy(() -> NewRepository.create(root, null))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(names(root)).containsExactly(".hg");
    assertThat(names(root.resolve(".hg"))).isEqualTo(before);
  }
}
