// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The small files of a repository, read whole or as a stream, and never through a link. */
final class StoreFile {
  /**
   * The size in bytes up to which a file is read whole. A line of such a file names a node, so this
   * is enough for 400,000 of them.
   */
  private static final int MAX_BYTES = 16 << 20;

  private StoreFile() {}

  /**
   * Reads a file, or returns null if there is none.
   *
   * @throws StoreException if it is a symbolic link, no regular file, or larger than 16 MiB
   */
  static @Nullable ByteString read(Path path) throws IOException {
    return read(path, MAX_BYTES);
  }

  /**
   * Reads a file, or returns null if there is none.
   *
   * @throws StoreException if it is a symbolic link, no regular file, or longer than {@code max}
   *     bytes
   */
  static @Nullable ByteString read(Path path, int max) throws IOException {
    try (InputStream input = open(path)) {
      if (input == null) {
        return null;
      }
      if (Files.size(path) > max) {
        throw tooLarge(path, max);
      }
      byte[] bytes = input.readNBytes(max + 1);
      if (bytes.length > max) {
        throw tooLarge(path, max);
      }
      return ByteString.copyOf(bytes);
    }
  }

  private static StoreException tooLarge(Path path, int max) {
    return new StoreException(
        StoreException.Kind.TOO_LARGE, "the file " + path + " has more than " + max + " bytes");
  }

  /**
   * Opens a file, or returns null if there is none. The caller closes the stream, which is
   * buffered.
   *
   * @throws StoreException if it is a symbolic link or no regular file
   */
  static @Nullable InputStream open(Path path) throws IOException {
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw irregular(path);
      }
      return new BufferedInputStream(
          Channels.newInputStream(
              Files.newByteChannel(
                  path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))),
          1 << 16);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns the error for a file that is a link, a directory or a device. */
  static StoreException irregular(Path path) {
    String what = Files.isSymbolicLink(path) ? "a symbolic link, which is not followed" : "no file";
    return new StoreException(
        StoreException.Kind.UNSUPPORTED, path + " is " + what + "; put a regular file there");
  }
}
