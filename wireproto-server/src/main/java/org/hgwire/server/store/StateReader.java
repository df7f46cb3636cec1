// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.ViewIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of a repository while Mercurial may change it: the changelog first, then the
 * rest; again if one of the files moved meanwhile.
 *
 * <p>Used by one thread at a time.
 */
final class StateReader {
  /** A transaction that ends moves the files a few times within milliseconds. */
  private static final int MAX_READS = 50;

  /**
   * Markers are written shortly before the changesets that they name. A transaction that takes
   * longer is not waited for.
   */
  private static final int MAX_WAITS = 20;

  private static final long PAUSE_MILLIS = 5;

  /**
   * A file system gives the same time to changes within some milliseconds: a state that was read so
   * soon after a change may have changed again unseen.
   */
  private static final long CLOCK_MILLIS = 50;

  /** How long a change of what {@link AsideFacts} has may stay unseen, if nothing depends on it. */
  private static final long ASIDE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RepositoryDirectory directory;
  private final StoreLimits limits;
  private long asideRead;

  StateReader(RepositoryDirectory directory, StoreLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * Returns the state of the repository: {@code known} if nothing moved, else a new one, in use
   * once.
   */
  StoreState read(@Nullable StoreState known) throws IOException {
    ViewIdentity before =
        known == null ? ViewIdentity.of(directory) : known.identity().again(directory);
    if (known != null && known.isCertain() && known.identity().equals(before)) {
      long now = System.nanoTime();
      if (now - asideRead < ASIDE_NANOS && !known.visibility().hidden().pinsMatter()) {
        return known;
      }
      asideRead = now;
      if (AsideFacts.identities(directory).equals(known.aside().identities())) {
        return known;
      }
    }
    for (int reads = 0; reads < MAX_READS; reads++) {
      StoreState state = attempt(before, known, reads < MAX_WAITS);
      if (state != null) {
        return state;
      }
      pause();
      before = ViewIdentity.of(directory);
    }
    throw new StoreException(
        StoreException.Kind.CHANGED,
        "the repository "
            + directory
            + " was changed each time it was read, "
            + MAX_READS
            + " times; try again");
  }

  /**
   * Reads the state once; returns null if it moved meanwhile.
   *
   * @param waits whether to return null, too, if a transaction may be about to end
   */
  private @Nullable StoreState attempt(
      ViewIdentity before, @Nullable StoreState known, boolean waits) throws IOException {
    StoreLogs logs = null;
    try {
      long begun = System.currentTimeMillis();
      logs = StoreLogs.open(directory, limits.revlogs(), known == null ? null : known.logs());
      AsideFacts aside = AsideFacts.read(directory, limits);
      limits.requireNames(directory.bookmarks(), before.bookmarks());
      limits.requireMarkers(directory.obsolescenceMarkers(), before.obsolescenceMarkers());
      Map<ByteString, Node> bookmarks = NodeNames.bookmarks(directory.bookmarks());
      Visibility visibility =
          Visibility.read(directory, logs.changelog(), pinned(aside, bookmarks));
      boolean halfWay =
          waits && visibility.hidden().lacksSuccessors() && directory.isInTransaction();
      if (!halfWay && ViewIdentity.of(directory).equals(before)) {
        asideRead = System.nanoTime();
        boolean certain = before.lastChange() < TimeUnit.MILLISECONDS.toNanos(begun - CLOCK_MILLIS);
        return new StoreState(
            before,
            certain,
            logs,
            ChangesetTexts.of(logs, known, limits),
            visibility,
            bookmarks,
            aside);
      }
    } catch (IOException | RuntimeException e) {
      if (logs != null) {
        logs.close();
      }
      if (e instanceof IOException && !ViewIdentity.of(directory).equals(before)) {
        return null;
      }
      throw e;
    }
    logs.close();
    return null;
  }

  private static List<Node> pinned(AsideFacts aside, Map<ByteString, Node> bookmarks) {
    List<Node> pinned = new ArrayList<>(bookmarks.values());
    pinned.addAll(aside.localTags().values());
    pinned.addAll(aside.parents());
    return pinned;
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a repository was read");
    }
  }
}
