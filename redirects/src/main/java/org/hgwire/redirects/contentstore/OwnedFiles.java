// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and directories that belong to the process that made them, for those that need a name and
 * so cannot be a {@link org.hgwire.redirects.fetch.TemporaryFile}. What a process leaves that was
 * killed is deleted by the next one that opens the same directory.
 *
 * <p>Each instance holds the lock of a file {@code PREFIXhex.lock}, and what it makes is named
 * {@code PREFIXhex-…}: it is deleted when the lock can be had, which is when its process is gone.
 * Only files of the same user are. Where the file system has no locks, nothing is deleted. Safe for
 * use by several threads.
 */
public final class OwnedFiles implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * The names of the open instances of this process. Their locks must not even be tried: on POSIX
   * systems a process loses a lock when it closes any channel of the file.
   */
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final String name;
  private final FileChannel lock;

  private OwnedFiles(Path directory, String name, FileChannel lock) {
    this.directory = directory;
    this.name = name;
    this.lock = lock;
  }

  /**
   * Deletes what processes left that are gone, and makes an instance.
   *
   * @param directory the directory, which exists and others may share
   * @param prefix what the names of all these files begin with
   * @throws IOException if the directory cannot be read or written
   */
  public static OwnedFiles open(Path directory, String prefix) throws IOException {
    while (true) {
      byte[] random = new byte[8];
      RANDOM.nextBytes(random);
      String name = prefix + HexFormat.of().formatHex(random);
      OPEN.add(name);
      Path path = directory.resolve(name + LOCK);
      FileChannel lock =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      boolean locked = hold(lock);
      // Without the check, another process may have taken the file for one that was left.
      if (!locked || Files.exists(path)) {
        OwnedFiles files = new OwnedFiles(directory, name, lock);
        if (locked) {
          deleteAbandoned(directory, prefix, Files.getOwner(path));
        }
        return files;
      }
      lock.close();
      OPEN.remove(name);
    }
  }

  /** Creates an empty file that only the user of this process may read. */
  public Path newFile() throws IOException {
    return Files.createTempFile(directory, name + "-", "");
  }

  /** Creates a directory that only the user of this process may read. */
  public Path newDirectory() throws IOException {
    return Files.createTempDirectory(directory, name + "-");
  }

  /** Returns whether a file is the lock of an instance. */
  static boolean isLock(Path file) {
    return String.valueOf(file.getFileName()).endsWith(LOCK);
  }

  /** Returns whether {@code lock} is held now; false also where there are no locks. */
  private static boolean hold(FileChannel lock) {
    try {
      return lock.tryLock() != null;
    } catch (IOException | OverlappingFileLockException inUse) {
      return false;
    }
  }

  private static void deleteAbandoned(Path directory, String prefix, UserPrincipal user)
      throws IOException {
    Pattern locks = Pattern.compile(Pattern.quote(prefix) + "[0-9a-f]{16}" + Pattern.quote(LOCK));
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            directory, path -> locks.matcher(String.valueOf(path.getFileName())).matches())) {
      for (Path path : found) {
        deleteIfAbandoned(directory, path, user);
      }
    }
  }

  private static void deleteIfAbandoned(Path directory, Path lockFile, UserPrincipal user)
      throws IOException {
    String file = String.valueOf(lockFile.getFileName());
    String name = file.substring(0, file.length() - LOCK.length());
    try {
      if (OPEN.contains(name)
          || !Files.getOwner(lockFile, LinkOption.NOFOLLOW_LINKS).equals(user)) {
        return;
      }
      try (FileChannel lock =
          FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        if (hold(lock)) {
          deleteAll(directory, name, user);
          Files.deleteIfExists(lockFile);
        }
      }
    } catch (NoSuchFileException gone) {
      // Another process deleted it in the meantime.
    }
  }

  private static void deleteAll(Path directory, String name, UserPrincipal user)
      throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name + "-*")) {
      for (Path path : found) {
        if (Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)) {
          deleteTree(path);
        }
      }
    }
  }

  private static void deleteTree(Path top) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(top)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /** Deletes everything that was made here and still exists. */
  @Override
  public void close() throws IOException {
    try (lock) {
      Path lockFile = directory.resolve(name + LOCK);
      if (lock.isOpen() && Files.exists(lockFile)) {
        deleteAll(directory, name, Files.getOwner(lockFile));
        Files.deleteIfExists(lockFile);
      }
    } finally {
      OPEN.remove(name);
    }
  }
}
