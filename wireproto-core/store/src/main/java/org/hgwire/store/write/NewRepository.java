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

  /** What a directory begins with whose name says which process makes it. */
  private static final String PREFIX = ".hg-";

  /** How many characters are after that: a hyphen and a UUID. */
  private static final int SUFFIX = 37;

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
    String name = PREFIX + LockHolder.self().fileName() + "-" + UUID.randomUUID();
    Path made = Files.createDirectory(root.resolve(name));
    try {
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
  }

  private static void removeUnfinished(Path root) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path directory : found) {
        LockHolder maker = maker(directory.getFileName().toString());
        if (maker.isDead() && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          remove(directory);
        }
      }
    }
  }

  /** Returns who made a directory; nobody who has ended if its name says none. */
  private static LockHolder maker(String name) {
    String rest = name.substring(PREFIX.length());
    return LockHolder.ofFileName(rest.substring(0, Math.max(0, rest.length() - SUFFIX)));
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
