// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
  private static final Instant WRITTEN = Instant.parse("2024-01-01T00:00:00Z");
  private static final Repository REPOSITORY = MemoryRepository.publishing();

  @TempDir Path folder;
  private Path path;
  private Instant now = WRITTEN.plusSeconds(60);
  private ManifestFile file;

  @BeforeEach
  void name() {
    path = folder.resolve("clonebundles.manifest");
    file = ManifestFile.of(path, () -> now);
  }

  private void write(Instant when, String text) throws IOException {
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(when));
  }

  private @Nullable List<String> urls() {
    CloneBundleManifest manifest = file.manifest(Callers.ANYBODY, REPOSITORY);
    return manifest == null
        ? null
        : manifest.entries().stream().map(CloneBundleEntry::url).toList();
  }

  @Test
  void missingFileMeansNoCloneBundles() throws IOException {
    assertThat(urls()).isNull();
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    Files.delete(path);
    assertThat(urls()).isNull();
    write(WRITTEN, "h:2\n");
    assertThat(urls()).containsExactly("h:2");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void fifoIsNotOpened() throws Exception {
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    Files.delete(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    assertThat(urls()).as("the last version that was read").containsExactly("h:1");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> file.check())
        .withMessage(path + " is not a regular file");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void deviceIsNotOpened() {
    assertThat(ManifestFile.of(Path.of("/dev/zero")).manifest(Callers.ANYBODY, REPOSITORY))
        .isNull();
  }

  @Test
  void isReadAgainWhenItsTimeChanges() throws IOException {
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    write(WRITTEN.plusSeconds(1), "h:2\n");
    assertThat(urls()).containsExactly("h:2");
  }

  @Test
  void isReadAgainWhenItsSizeChanges() throws IOException {
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    write(WRITTEN, "h:1\nh:2\n");
    assertThat(urls()).containsExactly("h:1", "h:2");
  }

  @Test
  void isReadAgainWhenAnotherFileIsRenamedToIt() throws IOException {
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    Path other = folder.resolve("new");
    Files.writeString(other, "h:2\n");
    Files.setLastModifiedTime(other, FileTime.from(WRITTEN));
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
    assertThat(urls()).containsExactly("h:2");
  }

  @Test
  void isNotReadAgainWhenNothingChanges() throws IOException {
    write(WRITTEN, "h:1\n");
    CloneBundleManifest first = file.manifest(Callers.ANYBODY, REPOSITORY);
    assertThat(file.manifest(Callers.ANYBODY, REPOSITORY)).isSameAs(first);
  }

  @Test
  void recentlyChangedFileIsReadAgain() throws IOException {
    now = WRITTEN.plusMillis(1999);
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    write(WRITTEN, "h:2\n");
    assertThat(urls()).containsExactly("h:2");
    now = WRITTEN.plusMillis(2000);
    write(WRITTEN, "h:3\n");
    assertThat(urls()).containsExactly("h:3");
  }

  @Test
  void goodLinesOfABrokenFileAreUsed() throws IOException {
    write(WRITTEN, "h:1 BROKEN\nh:2\n");
    assertThat(urls()).containsExactly("h:2");
    CloneBundleManifest manifest = file.manifest(Callers.ANYBODY, REPOSITORY);
    assertThat(manifest).isNotNull();
    assertThat(manifest.findings()).hasSize(1);
  }

  @Test
  void lastManifestIsUsedWhileTheFileCannotBeRead() throws IOException {
    write(WRITTEN, "h:1\n");
    assertThat(urls()).containsExactly("h:1");
    Files.delete(path);
    Files.createDirectory(path); // a folder cannot be read as a file
    assertThat(urls()).containsExactly("h:1");
    Files.delete(path);
    write(WRITTEN.plusSeconds(5), "h:2\n");
    assertThat(urls()).containsExactly("h:2");
  }

  @Test
  void readsNoMoreThanAMebibyte() throws IOException {
    write(WRITTEN, "h:1\n" + " ".repeat(CloneBundleManifest.MAX_BYTES) + "\nh:2\n");
    assertThat(urls()).containsExactly("h:1");
  }
}
