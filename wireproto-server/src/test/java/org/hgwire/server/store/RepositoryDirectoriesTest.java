// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RepositoryDirectoriesTest {
  private static final RepositoryResolution NOT_FOUND = RepositoryResolution.notFound();

  @TempDir Path temporary;
  private final FakeDisk disk = new FakeDisk();
  private Path top = Path.of("");

  @BeforeEach
  void makeTop() throws IOException {
    top = Files.createDirectory(temporary.toRealPath().resolve("srv"));
  }

  private Path repository(String path) throws IOException {
    Path directory = top.resolve(path);
    Files.createDirectories(directory.resolve(".hg"));
    return directory;
  }

  private RepositoryDirectories below() throws IOException {
    return RepositoryDirectories.builder().below(top).open(disk);
  }

  private static RepositoryResolution resolve(RepositoryDirectories directories, String path)
      throws IOException {
    return directories.resolve(Caller.of(ClientConnection.UNKNOWN, "", path));
  }

  private static String nameOf(RepositoryResolution resolution) throws IOException {
    assertThat(resolution).isInstanceOf(RepositoryResolution.Found.class);
    ByteString id = ((RepositoryResolution.Found) resolution).repository().id();
    return id == null ? "" : id.utf8();
  }

  @Test
  void findsRepositoriesAtAnyDepthByTheirPaths() throws IOException {
    repository("one");
    repository("team/tools");
    repository("team/tools/nested/deep");
    repository("caf\u00e9");
    try (RepositoryDirectories directories = below()) {
      assertThat(nameOf(resolve(directories, "one"))).isEqualTo("one");
      assertThat(nameOf(resolve(directories, "team/tools"))).isEqualTo("tools");
      assertThat(nameOf(resolve(directories, "team/tools/nested/deep"))).isEqualTo("deep");
      assertThat(nameOf(resolve(directories, "caf\u00e9"))).isEqualTo("caf\u00e9");
      assertThat(resolve(directories, "team")).isEqualTo(NOT_FOUND);
      assertThat(resolve(directories, "one/two")).isEqualTo(NOT_FOUND);
      repository("late");
      assertThat(nameOf(resolve(directories, "late"))).isEqualTo("late");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        ".",
        "..",
        "../outside",
        "one/../../outside",
        "./one",
        "one/",
        "/one",
        "//one",
        "one//",
        "one/.",
        "one/.hg",
        "one/.HG/store",
        "one/.hg/hidden",
        "one\\..\\outside",
        "..\\outside",
        "one\u0000",
        "one\n",
        "\u007f",
        "file"
      })
  void aHostilePathNamesNoRepository(String path) throws IOException {
    repository("one");
    repository("one/.hg/hidden");
    repository("../outside");
    Files.createDirectory(top.resolve(".hg"));
    Files.createFile(top.resolve("file"));
    try (RepositoryDirectories directories = below()) {
      assertThat(resolve(directories, path)).isEqualTo(NOT_FOUND);
      assertThat(disk.openings).isEmpty();
    }
  }

  @Test
  void pathsBeyondTheBoundsNameNoRepository() throws IOException {
    String deep = "d/".repeat(RepositoryDirectories.MAX_DEPTH - 1) + "r";
    repository(deep);
    repository("d/" + deep);
    repository("n".repeat(255));
    try (RepositoryDirectories directories = below()) {
      assertThat(nameOf(resolve(directories, deep))).isEqualTo("r");
      assertThat(resolve(directories, "d/" + deep)).isEqualTo(NOT_FOUND);
      assertThat(nameOf(resolve(directories, "n".repeat(255)))).hasSize(255);
      assertThat(resolve(directories, "n".repeat(256))).isEqualTo(NOT_FOUND);
      assertThat(resolve(directories, "n".repeat(100_000))).isEqualTo(NOT_FOUND);
      assertThat(resolve(directories, ("n".repeat(250) + "/").repeat(30) + "n"))
          .isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void linksAreFollowedInsideTheDirectoryOnly() throws IOException {
    Path one = repository("one");
    Path outside = repository("../outside");
    repository("one/.hg/hidden");
    Files.createSymbolicLink(top.resolve("alias"), one);
    Files.createSymbolicLink(top.resolve("relative"), Path.of("one"));
    Files.createSymbolicLink(top.resolve("out"), outside);
    Files.createSymbolicLink(top.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(top.resolve("self"), Path.of("."));
    Files.createSymbolicLink(top.resolve("inner"), one.resolve(".hg/hidden"));
    Files.createDirectory(top.resolve("disguised"));
    Files.createSymbolicLink(top.resolve("disguised/.hg"), outside.resolve(".hg"));
    try (RepositoryDirectories directories = below()) {
      assertThat(nameOf(resolve(directories, "alias"))).isEqualTo("one");
      assertThat(nameOf(resolve(directories, "relative"))).isEqualTo("one");
      assertThat(disk.openings).containsExactly("one");
      for (String path : new String[] {"out", "up/outside", "self", "inner", "disguised"}) {
        assertThat(resolve(directories, path)).as(path).isEqualTo(NOT_FOUND);
      }
    }
  }

  @Test
  void aShareIsFollowedInsideTheDirectoryOrToANamedRepository() throws IOException {
    Path inside = repository("inside");
    Path outside = repository("../outside");
    Path named = repository("../named");
    Files.writeString(repository("a").resolve(".hg/sharedpath"), inside.toString());
    Files.writeString(repository("b").resolve(".hg/sharedpath"), outside.toString());
    Files.writeString(repository("c").resolve(".hg/sharedpath"), named.toString());
    try (RepositoryDirectories directories =
        RepositoryDirectories.builder().below(top).repository("named", named).open(disk)) {
      assertThat(nameOf(resolve(directories, "a"))).isEqualTo("a");
      assertThatIOException()
          .isThrownBy(() -> resolve(directories, "b"))
          .isInstanceOf(StoreException.class)
          .withMessageContainingAll("the repository b", outside.toRealPath().toString(), "name it");
      assertThat(nameOf(resolve(directories, "c"))).isEqualTo("c");
    }
  }

  @Test
  void namedRepositoriesCountBeforeThoseBelow() throws IOException {
    repository("one");
    Path other = repository("../other");
    try (RepositoryDirectories directories =
        RepositoryDirectories.builder()
            .below(top)
            .repository("one", other)
            .repository("", other)
            .repository("team/api/x", other)
            .open(disk)) {
      assertThat(nameOf(resolve(directories, "one"))).isEqualTo("other");
      assertThat(nameOf(resolve(directories, ""))).isEqualTo("other");
      assertThat(nameOf(resolve(directories, "team/api/x"))).isEqualTo("other");
      assertThat(disk.openings).containsExactly("other");
    }
  }

  @Test
  void aDamagedRepositoryFailsItsOwnRequestsByName() throws IOException {
    repository("good");
    Files.createFile(repository("bad").resolve(".hg/damaged"));
    Files.createFile(repository("none").resolve(".hg/empty"));
    try (RepositoryDirectories directories = below()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> resolve(directories, "bad"))
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith("the repository bad cannot be served: ")
            .hasMessageContaining("bad/.hg/00changelog.i is cut")
            .extracting(failure -> ((StoreException) failure).kind())
            .isEqualTo(StoreException.Kind.DAMAGED);
        assertThat(nameOf(resolve(directories, "good"))).isEqualTo("good");
        assertThat(resolve(directories, "none")).isEqualTo(NOT_FOUND);
      }
      Files.delete(top.resolve("bad/.hg/damaged"));
      assertThat(nameOf(resolve(directories, "bad"))).isEqualTo("bad");
    }
  }

  @Test
  void aRepositoryThatIsReplacedOrRemovedIsNotServedOn() throws IOException {
    Path one = repository("one");
    try (RepositoryDirectories directories = below()) {
      resolve(directories, "one");
      Files.move(one, top.resolve("old"));
      repository("one");
      resolve(directories, "one");
      assertThat(disk.openings).containsExactly("one", "one");
      Files.delete(one.resolve(".hg"));
      assertThat(resolve(directories, "one")).isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void unusedRepositoriesAreClosedAndOpenedAgain() throws Exception {
    repository("one");
    try (RepositoryDirectories directories =
        RepositoryDirectories.builder().below(top).closeAfter(Duration.ofMillis(20)).open(disk)) {
      RepositoryResolution.Found found = (RepositoryResolution.Found) resolve(directories, "one");
      try (RepositorySnapshot snapshot = found.repository().snapshot()) {
        Thread.sleep(200);
        assertThat(disk.open).hasValue(1);
        assertThat(snapshot.changesets().count()).isZero();
      }
      while (disk.open.get() > 0) {
        Thread.sleep(5);
      }
      found.repository().snapshot().close();
      assertThat(disk.openings).containsExactly("one", "one");
    }
  }

  @Test
  void theBuilderOpensWhatIsNamed() throws IOException {
    Path one = repository("one");
    Files.createFile(one.resolve(".hg/damaged"));
    assertThatIOException()
        .isThrownBy(() -> RepositoryDirectories.builder().repository("x", one).open(disk))
        .isInstanceOf(StoreException.class);
    assertThat(disk.open).hasValue(0);
    assertThatIOException()
        .isThrownBy(() -> RepositoryDirectories.builder().below(top.resolve("no")).open(disk))
        .isInstanceOf(NoSuchFileException.class);
    Path file = Files.createFile(top.resolve("file"));
    assertThatIOException()
        .isThrownBy(() -> RepositoryDirectories.builder().below(file).open(disk))
        .isInstanceOf(NotDirectoryException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/", "/a", "a//b", ".", "a/../b", "a\\b", "a\n"})
  void aNameThatIsNoPathIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryDirectories.builder().repository(name, top));
  }

  @Test
  void aNameIsUsedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RepositoryDirectories.builder().repository("a", top).repository("a", top));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryDirectories.builder().below(top).below(top));
  }

  @Test
  void theLimitBoundsWhatIsOpen() throws IOException {
    for (int i = 0; i < 5; i++) {
      repository("r" + i);
    }
    try (RepositoryDirectories directories =
        RepositoryDirectories.builder()
            .below(top)
            .limits(WireLimits.defaults().with(WireLimit.MAX_OPEN_REPOSITORIES, 2))
            .open(disk)) {
      for (int i = 0; i < 10; i++) {
        assertThat(nameOf(resolve(directories, "r" + i % 5))).isEqualTo("r" + i % 5);
      }
      assertThat(disk.maxOpen).hasValue(2);
    }
    assertThat(disk.open).hasValue(0);
  }
}
