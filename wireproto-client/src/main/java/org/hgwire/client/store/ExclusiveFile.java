// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hgwire.store.StoreException;

/** A file that one user at a time has open, in this process and in others. */
final class ExclusiveFile implements Closeable {
  /**
   * The files that this process has open. They must not be opened again, even to find them locked:
   * on POSIX systems a process loses a lock when it closes any channel of the file.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private ExclusiveFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file, which is created if it does not exist.
   *
   * @param directory its directory, which exists
   * @throws StoreException of kind LOCKED if another pull has it open
   */
  static ExclusiveFile open(Path directory, String name) throws IOException {
    Path path = directory.toRealPath().resolve(name);
    if (!OPEN.add(path)) {
      throw inUse(path);
    }
    FileChannel channel = null;
    boolean opened = false;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (channel.tryLock() == null) {
        throw inUse(path);
      }
      opened = true;
      return new ExclusiveFile(path, channel);
    } catch (OverlappingFileLockException e) {
      throw inUse(path);
    } finally {
      if (!opened) {
        OPEN.remove(path);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static StoreException inUse(Path path) {
    return new StoreException(
        StoreException.Kind.LOCKED,
        "the file " + path + " is in use by another pull; wait until it is done");
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      OPEN.remove(path);
    }
  }
}
