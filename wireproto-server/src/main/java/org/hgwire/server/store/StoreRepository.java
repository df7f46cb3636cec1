// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A repository on disk, as Mercurial made it, served while Mercurial works in it. It is only read,
 * and no lock is taken: a snapshot is consistent, or there is a {@link StoreException} of the kind
 * {@code CHANGED}.
 *
 * <p>What is read of a state is kept until the next: a snapshot of a state that is known costs four
 * {@code stat}s. Memory: some 90 bytes for each changeset and each manifest; what is read of file
 * revisions is not kept.
 *
 * <p>Safe for use by several threads.
 */
public final class StoreRepository implements Repository, Closeable {
  /** How often a transaction is looked at that may explain a failure. */
  private static final int LOOKS = 50;

  private static final long PAUSE_MILLIS = 10;

  private final RepositoryDirectory directory;
  private final StoreLimits limits;
  private final boolean exchangesMarkers;
  private final StateReader reader;
  private final ByteString id;
  private @Nullable StoreState state;
  private boolean closed;

  private StoreRepository(
      RepositoryDirectory directory, StoreLimits limits, boolean exchangesMarkers)
      throws IOException {
    this.directory = directory;
    this.limits = limits;
    this.exchangesMarkers = exchangesMarkers;
    this.reader = new StateReader(directory, limits);
    this.id = idOf(directory);
  }

  /**
   * Opens a repository with the default limits, without exchanging obsolescence markers.
   *
   * @param root the directory that has {@code .hg}
   * @throws StoreException if there is no repository, or one that is not supported
   * @throws IOException if it cannot be read
   */
  public static StoreRepository open(Path root) throws IOException {
    return open(root, StoreLimits.defaults(), false);
  }

  /**
   * Opens a repository.
   *
   * @param root the directory that has {@code .hg}
   * @param limits what reading it may take
   * @param exchangesMarkers whether obsolescence markers are sent to clients that ask for them:
   *     they name changesets that are not served
   * @throws StoreException if there is no repository, or one that is not supported
   * @throws IOException if it cannot be read
   */
  public static StoreRepository open(Path root, StoreLimits limits, boolean exchangesMarkers)
      throws IOException {
    return of(RepositoryDirectory.open(root), limits, exchangesMarkers);
  }

  /** Returns the repository in a directory. */
  static StoreRepository of(
      RepositoryDirectory directory, StoreLimits limits, boolean exchangesMarkers)
      throws IOException {
    return new StoreRepository(directory, limits, exchangesMarkers);
  }

  private static ByteString idOf(RepositoryDirectory directory) throws IOException {
    FileIdentity own = FileIdentity.of(directory.root().resolve(".hg"));
    String text = "hgwire store " + own.device() + " " + own.file();
    if (own.file() == 0) {
      text += " " + directory.root().toRealPath();
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteString.copyOf(sha256.digest(ByteString.utf8(text).toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns whether obsolescence markers are sent to clients. */
  boolean exchangesMarkers() {
    return exchangesMarkers;
  }

  /** Returns where the repository is. */
  public RepositoryDirectory directory() {
    return directory;
  }

  /**
   * Returns a hash of what the file system calls the directory {@code .hg}. A file system may give
   * the same number to a repository that is made after this one was deleted; their states still
   * have different ids, which have times in nanoseconds.
   */
  @Override
  public ByteString id() {
    return id;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreException if the repository is damaged, or is changed again and again while it is
   *     read
   * @throws IllegalStateException if this is closed
   */
  @Override
  public RepositorySnapshot snapshot() throws IOException {
    return new StoreSnapshot(this, current(), limits);
  }

  /** Returns the state of the repository now, in use once more. */
  synchronized StoreState current() throws IOException {
    if (closed) {
      throw new IllegalStateException("the repository " + directory + " is closed");
    }
    StoreState known = state;
    StoreState now = reader.read(known);
    if (now != known) {
      state = now;
      if (known != null) {
        known.release();
      }
    }
    return now.retain();
  }

  /**
   * Checks that the changesets of a state that was read are still the first ones.
   *
   * @throws StoreException if not: they were stripped or rolled back
   */
  void requireContinued(StoreState read) throws IOException {
    StoreState now = current();
    try {
      if (now != read && !now.logs().continues(read.logs())) {
        throw new StoreException(
            StoreException.Kind.CHANGED,
            "changesets of the repository "
                + directory
                + " were removed while it was read; try again");
      }
    } finally {
      now.release();
    }
  }

  /**
   * Returns what a failure to read a state means: damage, or that changesets were removed. They are
   * removed from the logs of files first and from the changelog last, so while a transaction runs
   * this waits for its end, for a moment.
   */
  IOException explain(StoreState read, IOException failure) {
    if (failure instanceof StoreException fault && fault.kind() == StoreException.Kind.CHANGED) {
      return failure;
    }
    try {
      requireContinued(read);
      for (int looks = 1; looks < LOOKS && directory.isInTransaction(); looks++) {
        Thread.sleep(PAUSE_MILLIS);
        requireContinued(read);
      }
      return failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failure;
    } catch (IOException | IllegalStateException e) {
      e.addSuppressed(failure);
      return e instanceof IOException explained ? explained : failure;
    }
  }

  /** Closes the files. Snapshots that are open can still be used. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    StoreState last = state;
    state = null;
    if (last != null) {
      last.release();
    }
  }
}
