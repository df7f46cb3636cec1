// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Whether files have the SHA-256 in their names. A file is read when it is asked for the first
 * time, when it has changed, and once a day; a large one by a thread in the background, so that
 * nobody waits for it. Safe for use by several threads.
 */
final class IntactFiles implements AutoCloseable {
  /** The size up to which a file is read at once, some 30 ms. */
  private static final long READ_AT_ONCE = 8L << 20;

  private static final Duration LIFETIME = Duration.ofDays(1);
  private static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_WAITING = 100;

  private final LongSupplier nanoTime;
  private final Map<ByteString, Checked> checked = new LinkedHashMap<>();
  private final Set<ByteString> waiting = new HashSet<>();
  private final ThreadPoolExecutor background;

  /** What is known of a file. */
  enum State {
    /** It has its SHA-256. */
    INTACT,
    /** It has not. */
    DAMAGED,
    /** It will be known later. */
    BEING_READ
  }

  private record Stamp(long size, FileTime modified, @Nullable Object inode) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  private record Checked(Stamp stamp, boolean intact, long until) {}

  IntactFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    background =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> {
              Thread reader = new Thread(work, "hgwire-content-check");
              reader.setDaemon(true);
              return reader;
            });
    background.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns what is known of a file.
   *
   * @throws IOException if it cannot be read
   */
  State check(Path file, ByteString sha256) throws IOException {
    Stamp stamp = Stamp.of(file);
    Checked known = known(sha256, stamp);
    if (known == null && stamp.size() > READ_AT_ONCE) {
      readLater(file, sha256);
      return State.BEING_READ;
    }
    boolean intact = known == null ? read(file, sha256) : known.intact();
    return intact ? State.INTACT : State.DAMAGED;
  }

  /** Notes that a file was just written with its SHA-256. */
  void written(Path file, ByteString sha256) throws IOException {
    try {
      put(sha256, new Checked(Stamp.of(file), true, nanoTime.getAsLong() + LIFETIME.toNanos()));
    } catch (NoSuchFileException gone) {
      // It exceeded a bound.
    }
  }

  private synchronized @Nullable Checked known(ByteString sha256, Stamp stamp) {
    Checked known = checked.get(sha256);
    return known != null && known.stamp().equals(stamp) && nanoTime.getAsLong() - known.until() < 0
        ? known
        : null;
  }

  private synchronized void put(ByteString sha256, Checked result) {
    checked.remove(sha256);
    if (checked.size() >= MAX_REMEMBERED) {
      checked.remove(checked.keySet().iterator().next());
    }
    checked.put(sha256, result);
  }

  private void readLater(Path file, ByteString sha256) {
    synchronized (this) {
      if (!waiting.add(sha256)) {
        return;
      }
    }
    try {
      background.execute(
          () -> {
            try {
              read(file, sha256);
            } catch (IOException unreadable) {
              // The next one who asks for it learns why.
            } finally {
              done(sha256);
            }
          });
    } catch (RejectedExecutionException full) {
      done(sha256);
    }
  }

  private synchronized void done(ByteString sha256) {
    waiting.remove(sha256);
  }

  private boolean read(Path file, ByteString sha256) throws IOException {
    Stamp before = Stamp.of(file);
    MessageDigest digest = HashAlgorithm.SHA256.newDigest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (NoSuchFileException gone) {
      return false;
    }
    boolean intact = sha256.equals(ByteString.copyOf(digest.digest()));
    put(sha256, new Checked(before, intact, nanoTime.getAsLong() + LIFETIME.toNanos()));
    return intact;
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
