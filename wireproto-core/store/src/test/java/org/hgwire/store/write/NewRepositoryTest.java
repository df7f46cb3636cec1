// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
  private String unfinished(String maker) throws IOException {
    String name = ".hg-" + new LockHolder(maker).fileName() + "-" + UUID.randomUUID();
    Files.createDirectory(root.resolve(name));
    return name;
  }

  @Test
  void whatDeadProcessesLeftIsRemoved() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    String self = LockHolder.self().text();
    String here = self.substring(0, self.lastIndexOf(':') + 1);
    String dead = here + process.pid();
    unfinished(dead);
    Path further = root.resolve(unfinished(dead));
    Files.createDirectory(further.resolve("store"));
    Files.writeString(further.resolve("requires"), "store");
    String file = unfinished(dead);
    Files.delete(root.resolve(file));
    Files.writeString(root.resolve(file), "a file");
    List<String> left =
        new ArrayList<>(
            List.of(".hg", file, unfinished(self), unfinished("another-host:1"), unfinished("")));
    for (String name : List.of(".hg-", ".hg-old", ".hg-" + UUID.randomUUID())) {
      Files.createDirectory(root.resolve(name));
      left.add(name);
    }

    NewRepository.create(root, null);

    assertThat(names(root)).containsExactlyInAnyOrderElementsOf(left);
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
