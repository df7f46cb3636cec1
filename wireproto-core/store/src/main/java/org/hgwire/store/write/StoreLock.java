// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hgwire.store.StoreException;

/**
 * A lock that Mercurial respects, and breaks if this process is gone: a symbolic link that says who
 * holds it. Not reentrant; two writers of one process exclude each other too.
 */
final class StoreLock implements Closeable {
  private static final long POLL_MILLIS = 20;

  private final Path file;
  private final LockHolder self;

  private StoreLock(Path file, LockHolder self) {
    this.file = file;
    this.self = self;
  }

  /**
   * Takes a lock, and breaks it if its holder has ended.
   *
   * @param deadline when to give up, as {@link System#nanoTime}
   * @throws StoreException of kind LOCKED if another program holds it until then
   */
  static StoreLock acquire(Path file, long deadline) throws IOException {
    LockHolder self = LockHolder.self();
    while (true) {
      if (create(file, self)) {
        return new StoreLock(file, self);
      }
      LockHolder holder = LockHolder.read(file);
      if (holder != null && !(holder.isDead() && breakLock(file, holder))) {
        await(file, holder, deadline);
      }
    }
  }

  /** Returns a deadline. */
  static long deadline(Duration wait) {
    return System.nanoTime() + wait.toNanos();
  }

  /** Makes a lock; returns false if there is one. */
  private static boolean create(Path file, LockHolder holder) throws IOException {
    try {
      Files.createSymbolicLink(file, file.getFileSystem().getPath(holder.text()));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      return createFile(file, holder);
    }
  }

  private static boolean createFile(Path file, LockHolder holder) throws IOException {
    try {
      Files.writeString(
          file,
          holder.text(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Removes the lock of a process that has ended, unless another one is about to do so. */
  private static boolean breakLock(Path file, LockHolder dead) throws IOException {
    Path breaking = file.resolveSibling(file.getFileName() + ".break");
    StoreLock lock;
    try {
      lock = acquire(breaking, System.nanoTime());
    } catch (StoreException e) {
      return false;
    }
    try {
      if (dead.equals(LockHolder.read(file))) {
        Files.deleteIfExists(file);
      }
      return true;
    } finally {
      lock.close();
    }
  }

  private static void await(Path file, LockHolder holder, long deadline) throws IOException {
    if (deadline - System.nanoTime() <= 0) {
      throw new StoreException(
          StoreException.Kind.LOCKED,
          "the lock "
              + file
              + " is held by "
              + holder.text()
              + " (host/namespace:process); try again when that process has ended");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for the lock " + file);
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Releases the lock, unless it is another's by now. */
  @Override
  public void close() throws IOException {
    if (self.equals(LockHolder.read(file))) {
      Files.deleteIfExists(file);
    }
  }
}
