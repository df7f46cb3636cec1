// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a repository, and where its files are. */
final class RepositoryDirectoryTest {
  private static final String PLAIN =
      "dotencode\nfncache\ngeneraldelta\nrevlogv1\nsparserevlog\nstore\n";

  @TempDir Path temporary;

  private Path repository(String name, String requires) throws IOException {
    Path root = temporary.resolve(name);
    Files.createDirectories(root.resolve(".hg/store"));
    Files.writeString(root.resolve(".hg/requires"), requires);
    return root;
  }

  private static void assertRefused(Path root, StoreException.Kind kind, String... message) {
    assertThatThrownBy(() -> RepositoryDirectory.open(root))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(message);
  }

  @Test
  void emptyRepositoryHasPlacesForItsFiles() throws IOException {
    Path root = repository("r", PLAIN);

    RepositoryDirectory found = RepositoryDirectory.open(root);

    assertThat(found.requirements()).contains("revlogv1", "store");
    assertThat(found.changelog()).isEqualTo(root.resolve(".hg/store/00changelog.i"));
    assertThat(found.bookmarks()).isEqualTo(root.resolve(".hg/bookmarks"));
    assertThat(found.fileLogs().find(ByteString.utf8("A/b")))
        .isEqualTo(RevlogPath.of(root.resolve(".hg/store/data/_a/b.i")));
    assertThat(found.sharedSource()).isNull();
  }

  @Test
  void shareSafeRequirementsAreThoseOfTheStoreToo() throws IOException {
    Path root = repository("r", "share-safe\n");
    Files.writeString(root.resolve(".hg/store/requires"), PLAIN + "revlog-compression-zstd\n");

    assertThat(RepositoryDirectory.open(root).requirements()).contains("fncache", "share-safe");

    Files.writeString(root.resolve(".hg/store/requires"), PLAIN + "treemanifest\n");
    assertRefused(root, StoreException.Kind.UNSUPPORTED, "treemanifest", "serve it with Mercurial");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exp-revlogv2.1",
        "exp-revlogv2.2",
        "exp-changelog-v2",
        "exp-sidedata-flag",
        "exp-copies-sidedata-changeset",
        "treemanifest",
        "narrowhg-experimental",
        "lfs",
        "largefiles",
        "exp-remotefilelog-repo-req-1",
        "plain-store-encoding",
        "fileindex-v1",
        "parentdelta",
        "exp-sharesafe",
        "delta-info-revlog",
        "from-the-future",
      })
  void whatIsNotReadIsRefusedByName(String requirement) throws IOException {
    Path root = repository("r", PLAIN + requirement + "\n");

    assertRefused(root, StoreException.Kind.UNSUPPORTED, requirement, root.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "store\nfncache\n", "revlogv1\n"})
  void formatsFromBeforeRevlogsAreRefused(String requires) throws IOException {
    assertRefused(repository("r", requires), StoreException.Kind.UNSUPPORTED, "hg clone --pull");
  }

  @Test
  void directoryWithoutRepositoryIsNone() throws IOException {
    assertRefused(
        temporary, StoreException.Kind.NOT_A_REPOSITORY, temporary.toString(), "no directory .hg");
    Files.createFile(temporary.resolve(".hg"));
    assertRefused(temporary, StoreException.Kind.NOT_A_REPOSITORY, "no directory .hg");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sharedRepositoryHasTheStoreOfItsSource(boolean relative) throws IOException {
    Path source = repository("source", PLAIN);
    Path share = temporary.resolve("share");
    Files.createDirectories(share.resolve(".hg"));
    Files.writeString(
        share.resolve(".hg/requires"), PLAIN + (relative ? "relshared\n" : "shared\n"));
    Files.writeString(
        share.resolve(".hg/sharedpath"),
        relative ? "../../source/.hg" : source.resolve(".hg") + "\n");

    RepositoryDirectory found = RepositoryDirectory.open(share);
    assertThat(found.sharedSource()).isEqualTo(source.resolve(".hg"));
    assertThat(found.changelog()).isEqualTo(source.resolve(".hg/store/00changelog.i"));
    assertThat(found.bookmarks()).isEqualTo(share.resolve(".hg/bookmarks"));
    assertThat(found.dirstate()).isEqualTo(share.resolve(".hg/dirstate"));

    Files.writeString(share.resolve(".hg/shared"), "bookmarks\n");
    assertThat(RepositoryDirectory.open(share).bookmarks())
        .isEqualTo(source.resolve(".hg/bookmarks"));

    Files.writeString(source.resolve(".hg/requires"), PLAIN + "bookmarksinstore\n");
    assertThat(RepositoryDirectory.open(share).bookmarks())
        .isEqualTo(source.resolve(".hg/store/bookmarks"));
  }

  @Test
  void shareWithoutSourceIsRefused() throws IOException {
    Path share = repository("share", PLAIN + "shared\n");
    assertRefused(share, StoreException.Kind.DAMAGED, ".hg/sharedpath");

    Files.writeString(share.resolve(".hg/sharedpath"), temporary.resolve("gone/.hg").toString());
    assertRefused(share, StoreException.Kind.NOT_A_REPOSITORY, "gone/.hg", "does not exist");
  }

  @Test
  void symbolicLinksAreNotFollowed() throws IOException {
    Path other = repository("other", PLAIN);
    Path root = temporary.resolve("r");
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve(".hg"), other.resolve(".hg"));
    assertRefused(root, StoreException.Kind.UNSUPPORTED, ".hg", "symbolic link");

    Path linked = repository("linked", PLAIN);
    Files.delete(linked.resolve(".hg/store"));
    Files.createSymbolicLink(linked.resolve(".hg/store"), other.resolve(".hg/store"));
    assertRefused(linked, StoreException.Kind.UNSUPPORTED, "store", "symbolic link");

    Files.createSymbolicLink(other.resolve(".hg/store/data"), temporary);
    RepositoryDirectory found = RepositoryDirectory.open(other);
    assertThatThrownBy(() -> found.fileLogs().find(ByteString.utf8("d/x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("symbolic link");

    Files.createSymbolicLink(other.resolve(".hg/bookmarks"), Path.of("/etc/hostname"));
    assertThatThrownBy(() -> NodeNames.bookmarks(found.bookmarks()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("symbolic link");
  }
}
