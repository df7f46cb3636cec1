// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * The paths of files that are named by a hash, {@code ab/abcdef…} below a directory. The directory
 * may be a symbolic link; below it none is followed. Safe for use by several threads.
 */
final class HashedPaths {
  private final Path directory;

  /** A file that exists. */
  record Found(ByteString hash, long size, Instant used) {}

  HashedPaths(Path directory) {
    this.directory = directory;
  }

  Path of(ByteString hash) {
    return shard(hash).resolve(hash.hex());
  }

  private Path shard(ByteString hash) {
    return directory.resolve(hash.hex().substring(0, 2));
  }

  boolean exists(ByteString hash) {
    return isOwnDirectory(shard(hash)) && Files.isRegularFile(of(hash), LinkOption.NOFOLLOW_LINKS);
  }

  void delete(ByteString hash) throws IOException {
    if (isOwnDirectory(shard(hash))) {
      Files.deleteIfExists(of(hash));
    }
  }

  /** Returns the directory of a file, which is made if it is missing. */
  Path makeShard(ByteString hash) throws IOException {
    return make(shard(hash));
  }

  /**
   * Makes a directory below, unless there is one, and returns it.
   *
   * @throws IOException if it cannot be made, or is a symbolic link
   */
  static Path make(Path below) throws IOException {
    Files.createDirectories(below);
    if (!isOwnDirectory(below)) {
      throw new IOException(
          below + " is a symbolic link, which is not followed; replace it by a directory");
    }
    return below;
  }

  private static boolean isOwnDirectory(Path below) {
    return Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns all files, the least recently used one first. */
  List<Found> all() throws IOException {
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> shards = Files.newDirectoryStream(directory, "[0-9a-f][0-9a-f]")) {
      for (Path shard : shards) {
        if (isOwnDirectory(shard)) {
          addAll(shard, found);
        }
      }
    }
    found.sort(Comparator.comparing(Found::used));
    return found;
  }

  private static void addAll(Path shard, List<Found> found) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shard, "[0-9a-f]*")) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          add(file, found);
        }
      }
    }
  }

  private static void add(Path file, List<Found> found) throws IOException {
    try {
      ByteString hash = ByteString.fromHex(String.valueOf(file.getFileName()));
      found.add(new Found(hash, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (IllegalArgumentException notOurs) {
      // Not one of these files: left alone.
    } catch (NoSuchFileException gone) {
      // Another process deleted it in the meantime.
    }
  }
}
