// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes an empty repository: its {@code .hg} is made under another name, and renamed when it is
 * complete. What is left of processes that ended before that is removed.
 */
final class NewRepository {
  /** What keeps Mercurial before 0.9.2 from writing there. */
  private static final byte[] DUMMY =
      "\0\0\u00ff\u00ff dummy changelog to prevent using the old repo layout"
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final String PREFIX = ".hg-";

  /** The link that says which process makes a repository. */
  private static final String MAKER = "hgwire.maker";

  private NewRepository() {}

  /**
   * Makes a repository.
   *
   * @param root its directory, which is made if there is none
   * @param defaultPath where it is pulled from, or null
   * @throws FileAlreadyExistsException if there is a repository
   * @throws IllegalArgumentException if the path has more than one line
   */
  static void create(Path root, @Nullable String defaultPath) throws IOException {
    if (defaultPath != null && defaultPath.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a default path has no control characters");
    }
    Path hg = root.resolve(".hg");
    if (Files.exists(hg, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(hg.toString());
    }
    Files.createDirectories(root);
    removeUnfinished(root);
    Path made = Files.createDirectory(root.resolve(PREFIX + UUID.randomUUID()));
    try {
      Path maker = made.resolve(MAKER);
      if (!StoreLock.create(maker, LockHolder.self())) {
        throw new FileAlreadyExistsException(maker.toString());
      }
      for (String directory : new String[] {"store", "cache", "wcache"}) {
        Files.createDirectory(made.resolve(directory));
      }
      Files.write(made.resolve("00changelog.i"), DUMMY);
      Files.writeString(made.resolve("requires"), WrittenRequirements.ofNew());
      if (defaultPath != null) {
        Files.writeString(made.resolve("hgrc"), "[paths]\ndefault = " + defaultPath + "\n");
      }
      Files.move(made, hg, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException e) {
      remove(made);
      FileAlreadyExistsException exists = new FileAlreadyExistsException(hg.toString());
      exists.initCause(e);
      throw exists;
    } catch (IOException e) {
      remove(made);
      throw WriteFault.of(hg, e);
    } catch (RuntimeException e) {
      remove(made);
      throw e;
    }
    Files.deleteIfExists(hg.resolve(MAKER));
  }

  private static void removeUnfinished(Path root) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path directory : found) {
        boolean isDirectory = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
        LockHolder maker = isDirectory ? LockHolder.read(directory.resolve(MAKER)) : null;
        if (maker != null && maker.isDead()) {
          remove(directory);
        }
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
