// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileContentStoreTest {
  @TempDir Path directory;

  private FileContentStore.Builder store() {
    return FileContentStore.builder(
        RedirectTarget.of("cdn", URI.create("https://cdn.example/hg")), directory.resolve("store"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
          .toList();
    }
  }

  @Test
  void storedContentIsFoundUnderItsHash() throws IOException {
    byte[] bytes = TestContent.bytes(10_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    ByteString certificate = ByteString.utf8("a certificate");
    try (FileContentStore store = store().serverCertificates(List.of(certificate)).open()) {
      assertThat(store.find(content)).isNull();
      store.put(content, TestContent.file(directory, bytes));
      PublishedContent published = requireNonNull(store.find(content));
      String hex = content.sha256().hex();
      assertThat(published.url())
          .hasToString("https://cdn.example/hg/" + hex.substring(0, 2) + "/" + hex);
      assertThat(published.serverCertificates()).containsExactly(certificate);
      assertThat(files()).hasSize(1);
      assertThat(Files.readAllBytes(requireNonNull(store.file(content.sha256())))).isEqualTo(bytes);
    }
  }

  @Test
  void otherContentIsRefusedAndLeavesNothing() throws IOException {
    ContentDescription content = TestContent.describe(TestContent.bytes(10_000, 1));
    try (FileContentStore store = store().open()) {
      for (byte[] other :
          List.of(TestContent.bytes(10_000, 2), TestContent.bytes(9_999, 1), new byte[0])) {
        Path file = TestContent.file(directory, other);
        assertThatThrownBy(() -> store.put(content, file))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("does not have the announced size and SHA-256");
        assertThat(file).exists();
      }
      assertThatThrownBy(() -> store.put(content, directory.resolve("nosuch")))
          .isInstanceOf(IOException.class);
      assertThat(files()).isEmpty();
      assertThat(store.find(content)).isNull();
    }
  }

  @Test
  void storedContentIsKeptAndOneOfAnotherSizeReplaced() throws IOException {
    byte[] bytes = TestContent.bytes(10_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    try (FileContentStore store = store().open()) {
      store.put(content, TestContent.file(directory, bytes));
      Path file = requireNonNull(store.file(content.sha256()));
      FileTime then = FileTime.from(Instant.EPOCH);
      Files.setLastModifiedTime(file, then);
      store.put(content, TestContent.file(directory, bytes));
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(then);

      Files.write(file, new byte[9_999]);
      assertThat(store.find(content)).isNull();
      store.put(content, TestContent.file(directory, bytes));
      assertThat(store.find(content)).isNotNull();
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  @Test
  void filesAreReadableByAllUnlessOwnerOnly() throws IOException {
    byte[] bytes = TestContent.bytes(100, 1);
    ContentDescription content = TestContent.describe(bytes);
    try (FileContentStore open = store().open()) {
      open.put(content, TestContent.file(directory, bytes));
      assertThat(mode(requireNonNull(open.file(content.sha256())))).isEqualTo("rw-r--r--");
    }
    try (FileContentStore closed =
        FileContentStore.builder(
                RedirectTarget.of("x", URI.create("http://h/")), directory.resolve("private"))
            .ownerOnly(true)
            .open()) {
      closed.put(content, TestContent.file(directory, bytes));
      assertThat(mode(requireNonNull(closed.file(content.sha256())))).isEqualTo("rw-------");
      assertThat(mode(directory.resolve("private"))).isEqualTo("rwx------");
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void boundedStoreKeepsTheMostRecentlyUsedAcrossRestarts() throws IOException {
    List<ContentDescription> stored = new ArrayList<>();
    try (FileContentStore store = store().maxBytes(3_000).open()) {
      for (int i = 0; i < 3; i++) {
        byte[] bytes = TestContent.bytes(1_000, i);
        stored.add(TestContent.describe(bytes));
        store.put(stored.get(i), TestContent.file(directory, bytes));
      }
      assertThat(store.find(stored.get(0))).isNotNull();
      byte[] bytes = TestContent.bytes(1_000, 3);
      stored.add(TestContent.describe(bytes));
      store.put(stored.get(3), TestContent.file(directory, bytes));
      assertThat(store.find(stored.get(1))).as("least recently used").isNull();
      assertThat(store.find(stored.get(0))).isNotNull();
      for (int i : new int[] {0, 2, 3}) {
        Files.setLastModifiedTime(
            requireNonNull(store.file(stored.get(i).sha256())),
            FileTime.from(Instant.ofEpochSecond(i == 2 ? 1 : 2)));
      }
    }
    try (FileContentStore store = store().maxBytes(3_000).open()) {
      byte[] bytes = TestContent.bytes(1_000, 4);
      ContentDescription newest = TestContent.describe(bytes);
      store.put(newest, TestContent.file(directory, bytes));
      assertThat(store.find(stored.get(2))).as("least recently used").isNull();
      assertThat(store.find(stored.get(0))).isNotNull();
      assertThat(store.find(newest)).isNotNull();
    }
  }

  @Test
  void manyMayPutTheSameContentAtOnce() throws Exception {
    byte[] bytes = TestContent.bytes(1_000_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    Path file = TestContent.file(directory, bytes);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (FileContentStore store = store().open()) {
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        puts.add(
            () -> {
              store.put(content, file);
              return store.find(content) != null;
            });
      }
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        assertThat(put.get()).isTrue();
      }
      assertThat(files()).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void unfinishedFilesAreDeletedAfterADay() throws IOException {
    store().open().close();
    Path old = Files.createFile(directory.resolve("store/unfinished/old"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
    Path young = Files.createFile(directory.resolve("store/unfinished/young"));
    store().open().close();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///tmp",
        "/content",
        "ftp://h/",
        "https:///x",
        "https://h/?x",
        "http://h/#x"
      })
  void baseUrlIsHttpWithoutQuery(String base) {
    assertThatThrownBy(
            () ->
                FileContentStore.builder(
                    RedirectTarget.of("x", URI.create(base)), directory.resolve("s")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void flipByte(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void fileWithAWrongByteIsNoticedAndReplaced() throws IOException {
    byte[] bytes = TestContent.bytes(10_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    Path original = TestContent.file(directory, bytes);
    Path file;
    try (FileContentStore store = store().open()) {
      store.put(content, original);
      file = requireNonNull(store.file(content.sha256()));
      flipByte(file, 5_000);
      assertThat(store.find(content)).isNull();
      store.put(content, original);
      assertThat(store.find(content)).isNotNull();
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      flipByte(file, 9_999);
    }
    try (FileContentStore restarted = store().open()) {
      assertThat(restarted.find(content)).as("damaged while the server was down").isNull();
      restarted.put(content, original);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  @Test
  void largeFileIsCheckedInTheBackground() throws Exception {
    byte[] bytes = TestContent.bytes(9 << 20, 1);
    ContentDescription content = TestContent.describe(bytes);
    Path original = TestContent.file(directory, bytes);
    try (FileContentStore store = store().open()) {
      store.put(content, original);
      assertThat(store.find(content)).as("just written").isNotNull();
    }
    try (FileContentStore restarted = store().open()) {
      assertThat(restarted.find(content)).as("to be checked").isNull();
      restarted.put(content, directory.resolve("not needed"));
      for (int tries = 0; tries < 500 && restarted.find(content) == null; tries++) {
        Thread.sleep(20);
      }
      assertThat(restarted.find(content)).isNotNull();
      Path file = requireNonNull(restarted.file(content.sha256()));
      flipByte(file, 9_000_000);
      for (int tries = 0; tries < 500 && restarted.find(content) == null; tries++) {
        Thread.sleep(20);
        restarted.put(content, original);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  @Test
  void deletedDirectoryIsMadeAgain() throws IOException {
    byte[] bytes = TestContent.bytes(10_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    Path original = TestContent.file(directory, bytes);
    try (FileContentStore store = store().ownerOnly(true).open()) {
      store.put(content, original);
      for (int round = 0; round < 2; round++) {
        deleteAll(directory.resolve("store"));
        assertThat(store.find(content)).isNull();
        store.put(content, original);
        assertThat(store.find(content)).isNotNull();
        assertThat(mode(directory.resolve("store"))).isEqualTo("rwx------");
      }
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void symbolicLinksAreNotFollowed() throws IOException {
    byte[] bytes = TestContent.bytes(10_000, 1);
    ContentDescription content = TestContent.describe(bytes);
    Path original = TestContent.file(directory, bytes);
    Path outside = Files.createDirectory(directory.resolve("outside"));
    String hex = content.sha256().hex();
    try (FileContentStore store = store().open()) {
      store.put(content, original);
      Path file = requireNonNull(store.file(content.sha256()));
      Path shard = requireNonNull(file.getParent());
      Path moved = Files.move(file, outside.resolve(hex));

      Files.createSymbolicLink(file, moved);
      assertThat(store.file(content.sha256())).as("a link to a file").isNull();
      store.put(content, original);
      assertThat(Files.isSymbolicLink(file)).as("is replaced").isFalse();

      Files.delete(file);
      Files.delete(shard);
      Files.createSymbolicLink(shard, outside);
      assertThat(store.file(content.sha256())).as("a link to a directory").isNull();
      assertThatThrownBy(() -> store.put(content, original))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(shard + " is a symbolic link");
    }
    assertThat(outside.resolve(hex)).exists();
    try (FileContentStore bounded = store().maxBytes(1).open()) {
      assertThat(outside.resolve(hex)).as("is not counted and not deleted").exists();
      assertThat(bounded.find(content)).isNull();
    }
    Path unfinished = directory.resolve("store/unfinished");
    deleteAll(unfinished);
    Files.createSymbolicLink(unfinished, outside);
    assertThatThrownBy(() -> store().open()).hasMessageContaining("is a symbolic link");
  }

  private static void deleteAll(Path top) throws IOException {
    try (Stream<Path> tree = Files.walk(top)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
