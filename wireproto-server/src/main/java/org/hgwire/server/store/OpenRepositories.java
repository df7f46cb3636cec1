// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hgwire.server.repository.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories that are open, shared by all requests. Each is opened once, by the first of
 * those that ask for it at the same time, and closed when nobody has used it for a while, when
 * another needs its place, or at the end: never while it is in use. Safe for use by several
 * threads; a repository that takes long to open delays only those that ask for it.
 *
 * @param <R> what is opened
 */
final class OpenRepositories<R extends Repository & Closeable> implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRepositories.class);

  private final Opener<R> opener;
  private final int maxOpen;
  private final LongSupplier nanoTime;

  /** The least recently used one first. */
  private final Map<RepositoryLocation, OpenRepository<R>> entries =
      new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /** Opens a repository. */
  @FunctionalInterface
  interface Opener<R> {
    /**
     * Opens the repository at {@code location}.
     *
     * @throws IOException if there is none, or it cannot be read
     */
    R open(RepositoryLocation location) throws IOException;
  }

  OpenRepositories(Opener<R> opener, int maxOpen, LongSupplier nanoTime) {
    this.opener = opener;
    this.maxOpen = maxOpen;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the repository at {@code location}, open; the caller {@linkplain #release releases} it.
   *
   * @throws IOException if it cannot be opened, or too many are in use
   */
  OpenRepository<R> acquire(RepositoryLocation location) throws IOException {
    OpenRepository<R> entry;
    boolean first;
    synchronized (this) {
      entry = entries.get(location);
      first = entry == null;
      if (entry == null) {
        makeRoom();
        entry = new OpenRepository<>(location);
        entries.put(location, entry);
      }
      entry.users++;
    }
    if (first) {
      entry.open(opener);
    }
    try {
      entry.repository();
      return entry;
    } catch (IOException | Error failure) {
      forget(entry);
      throw failure;
    }
  }

  /** Ends a use that {@link #acquire} began. */
  synchronized void release(OpenRepository<R> entry) {
    entry.users--;
    entry.lastUsed = nanoTime.getAsLong();
    if (closed && entry.users == 0) {
      close(entry);
    }
  }

  /** Forgets a repository that could not be opened: the next request tries again. */
  private synchronized void forget(OpenRepository<R> entry) {
    entry.users--;
    entries.remove(entry.location(), entry);
  }

  /** Closes the least recently used repository if no more may be open. */
  private void makeRoom() throws IOException {
    if (closed) {
      throw new IOException("the repositories are closed, because the server is being stopped");
    }
    if (entries.size() >= maxOpen && !closeFirst(each -> each.users == 0)) {
      throw new IOException(
          "all of the "
              + maxOpen
              + " repositories that may be open are in use; raise max-open-repositories");
    }
  }

  private boolean closeFirst(Predicate<OpenRepository<R>> condition) {
    for (Iterator<OpenRepository<R>> all = entries.values().iterator(); all.hasNext(); ) {
      OpenRepository<R> each = all.next();
      if (condition.test(each)) {
        all.remove();
        close(each);
        return true;
      }
    }
    return false;
  }

  /** Closes what nobody has used for {@code nanos}. */
  synchronized void closeUnused(long nanos) {
    long now = nanoTime.getAsLong();
    boolean more = true;
    while (more) {
      more = closeFirst(each -> each.users == 0 && now - each.lastUsed >= nanos);
    }
  }

  /** Closes what is not in use now, and the rest when its last use ends. */
  @Override
  public synchronized void close() {
    closed = true;
    boolean more = true;
    while (more) {
      more = closeFirst(each -> each.users == 0);
    }
    entries.clear();
  }

  private void close(OpenRepository<R> entry) {
    try {
      entry.repository().close();
    } catch (IOException failure) {
      LOG.warn("the repository {} was not closed cleanly", entry.location().directory(), failure);
    }
  }

  /** Returns how many repositories are open, or being opened. */
  synchronized int count() {
    return entries.size();
  }
}
