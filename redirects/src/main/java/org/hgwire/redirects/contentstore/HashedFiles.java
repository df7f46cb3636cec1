// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files that are named by a hash: {@code ab/abcdef…}, with a subdirectory per first
 * byte; no symbolic link below it is followed. A file appears complete, by a rename. A directory
 * that somebody deletes is made again. When a bound is reached, the least recently used files are
 * deleted; only one process at a time may bound a directory. What a process leaves unfinished that
 * is killed is deleted when the directory is opened again.
 *
 * <p>Safe for use by several threads. If there is a bound, each file takes about 200 bytes of
 * memory.
 */
public final class HashedFiles implements AutoCloseable {
  /** No bound. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final String UNFINISHED = "unfinished";
  private static final Duration MAX_UNFINISHED_AGE = Duration.ofDays(1);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path directory;
  private final HashedPaths paths;
  private final Path unfinished;
  private final long maxBytes;
  private final long maxFiles;
  private final boolean ownerOnly;
  private final UseOrder order;
  private volatile OwnedFiles owned;

  private HashedFiles(Builder builder) throws IOException {
    this.directory = builder.directory;
    this.paths = new HashedPaths(directory);
    this.unfinished = HashedPaths.make(directory.resolve(UNFINISHED));
    this.owned = OwnedFiles.open(unfinished, "");
    this.maxBytes = builder.maxBytes;
    this.maxFiles = builder.maxFiles;
    this.ownerOnly = builder.ownerOnly;
    this.order = new UseOrder(maxBytes, maxFiles);
  }

  /** Returns a builder for the files below {@code directory}, which is created if it is missing. */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  private void open() throws IOException {
    restrict();
    deleteOld();
    if (isBounded()) {
      count();
    }
  }

  private void restrict() throws IOException {
    if (ownerOnly && isPosix()) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Returns the file with this name, or null if there is none; it counts as used now. */
  public @Nullable Path find(ByteString hash) {
    if (!paths.exists(hash)) {
      order.remove(hash);
      return null;
    }
    Path file = path(hash);
    Instant now = Instant.now();
    if (order.use(hash, now)) {
      setTime(file, now);
    }
    return file;
  }

  /** Returns the path of the file with this name, whether it exists or not. */
  public Path path(ByteString hash) {
    return paths.of(hash);
  }

  /**
   * Creates a file to be written and then {@linkplain #adopt adopted}; only the user of this
   * process may read it.
   *
   * @throws IOException if it cannot be created
   */
  public Path newFile() throws IOException {
    try {
      return owned.newFile();
    } catch (NoSuchFileException deleted) {
      return remake().newFile();
    }
  }

  /** Makes the directory again, which somebody has deleted. */
  private synchronized OwnedFiles remake() throws IOException {
    HashedPaths.make(unfinished);
    restrict();
    OwnedFiles before = owned;
    owned = OwnedFiles.open(unfinished, "");
    before.close();
    return owned;
  }

  /**
   * Gives a file its name, and replaces an existing file with that name. The least recently used
   * files are deleted if a bound is exceeded.
   *
   * @param file created by {@link #newFile}, complete
   * @param durable whether it has to survive a power failure from now on
   * @throws IOException if that fails; then {@code file} still exists
   */
  public void adopt(Path file, ByteString hash, boolean durable) throws IOException {
    long size = Files.size(file);
    Path shard = paths.makeShard(hash);
    if (isPosix()) {
      Files.setPosixFilePermissions(file, ownerOnly ? PRIVATE : READABLE);
    }
    if (durable) {
      force(file);
    }
    Files.move(
        file, path(hash), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      force(shard);
    }
    if (isBounded()) {
      for (ByteString least : order.add(hash, size, Instant.now())) {
        paths.delete(least);
      }
    }
  }

  /** Deletes the file with this name, if there is one. */
  public void remove(ByteString hash) throws IOException {
    order.remove(hash);
    paths.delete(hash);
  }

  /** Returns how many bytes the files have together; 0 if there is no bound. */
  public long bytes() {
    return order.bytes();
  }

  private boolean isBounded() {
    return maxBytes != UNBOUNDED || maxFiles != UNBOUNDED;
  }

  private boolean isPosix() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void force(Path path) throws IOException {
    StandardOpenOption way =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, way)) {
      channel.force(true);
    }
  }

  private static void setTime(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException gone) {
      // After a restart the order of use is slightly out of date.
    }
  }

  /** Deletes what is unfinished. */
  @Override
  public void close() throws IOException {
    owned.close();
  }

  /** Deletes what was left where there are no locks, or by earlier versions. */
  private void deleteOld() throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(MAX_UNFINISHED_AGE));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(unfinished)) {
      for (Path file : left) {
        if (!OwnedFiles.isLock(file) && Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void count() throws IOException {
    for (HashedPaths.Found file : paths.all()) {
      for (ByteString least : order.add(file.hash(), file.size(), file.used())) {
        paths.delete(least);
      }
    }
  }

  /** Collects the bounds of a directory. Not safe for use by several threads. */
  public static final class Builder {
    private final Path directory;
    private long maxBytes = UNBOUNDED;
    private long maxFiles = UNBOUNDED;
    private boolean ownerOnly;

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Sets how many bytes the files may have together; unbounded unless set. */
    public Builder maxBytes(long bytes) {
      this.maxBytes = notNegative(bytes);
      return this;
    }

    /** Sets how many files there may be; unbounded unless set. */
    public Builder maxFiles(long files) {
      this.maxFiles = notNegative(files);
      return this;
    }

    /** Sets whether only the user of this process may read the files; false unless set. */
    public Builder ownerOnly(boolean ownerOnly) {
      this.ownerOnly = ownerOnly;
      return this;
    }

    private static long notNegative(long bound) {
      if (bound < 0) {
        throw new IllegalArgumentException("a bound is not negative: " + bound);
      }
      return bound;
    }

    /**
     * Opens the directory. If it is bounded, its files are counted now.
     *
     * @throws IOException if it cannot be created or read
     */
    public HashedFiles open() throws IOException {
      HashedFiles files = new HashedFiles(this);
      files.open();
      return files;
    }
  }
}
