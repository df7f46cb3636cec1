// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.hgwire.store.StoreException;

/** Writes to the files of one repository, of which none is a symbolic link, and none stays open. */
final class StoreWrites {
  /** The name, below the store, of a file that is renamed when it is complete. */
  static final String TEMPORARY = "journal.new";

  private static final Set<OpenOption> MAY_BE_NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> NEW_FILE =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);

  private final Path temporary;

  /** Writes to the files of a repository that has this store. */
  StoreWrites(Path store) {
    this.temporary = store.resolve(TEMPORARY);
  }

  /** Writes {@code bytes} at {@code at}; the file is made if {@code at} is 0. */
  static void write(Path file, ByteBuffer bytes, long at) throws IOException {
    try (FileChannel channel = openToWrite(file)) {
      if (channel.size() < at) {
        throw becameShorter(file);
      }
      long position = at;
      while (bytes.hasRemaining()) {
        position += channel.write(bytes, position);
      }
    } catch (IOException e) {
      throw WriteFault.of(file, e);
    }
  }

  private static FileChannel openToWrite(Path file) throws IOException {
    try {
      return FileChannel.open(file, MAY_BE_NEW);
    } catch (NoSuchFileException e) {
      Path directory = file.getParent();
      if (directory == null) {
        throw e;
      }
      Files.createDirectories(directory);
      return FileChannel.open(file, MAY_BE_NEW);
    }
  }

  /** Returns the length of a file, 0 if there is none. */
  static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Cuts a file. */
  static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      channel.truncate(length);
    } catch (IOException e) {
      throw WriteFault.of(file, e);
    }
  }

  /** Replaces a file by one that has the first {@code length} bytes of {@code source}. */
  void copy(Path source, long length, Path target) throws IOException {
    try (FileChannel input =
            FileChannel.open(source, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        FileChannel output = FileChannel.open(temporary, NEW_FILE)) {
      for (long done = 0; done < length; ) {
        long count = input.transferTo(done, length - done, output);
        if (count <= 0) {
          throw becameShorter(source);
        }
        done += count;
      }
    } catch (IOException e) {
      throw WriteFault.of(temporary, e);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces a file. */
  void replace(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel output = FileChannel.open(temporary, NEW_FILE)) {
      while (bytes.hasRemaining()) {
        output.write(bytes);
      }
    } catch (IOException e) {
      throw WriteFault.of(temporary, e);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes a file that is shared with other repositories one that is not, as {@code hg clone} shares
   * the files of its copy with hard links.
   */
  void unshare(Path file) throws IOException {
    Object links;
    try {
      links = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return;
    }
    if (links instanceof Integer count && count > 1) {
      copy(file, Files.size(file), file);
    }
  }

  private static StoreException becameShorter(Path file) {
    return new StoreException(
        StoreException.Kind.CHANGED, "the file " + file + " became shorter while it was written");
  }
}
