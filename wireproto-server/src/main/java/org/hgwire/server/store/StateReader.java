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
import org.hgwire.store.Dirstate;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.NodeNames;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RepositorySettings;
import org.hgwire.store.StoreException;
import org.hgwire.store.ViewIdentity;
import org.hgwire.store.revlog.RevlogLimits;
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

  private static final long PAUSE_MILLIS = 5;

  /** How long a change of the files that Mercurial changes one by one may stay unseen. */
  private static final long ASIDE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RepositoryDirectory directory;
  private final RevlogLimits limits;
  private List<FileIdentity> aside = List.of();
  private long asideRead;

  StateReader(RepositoryDirectory directory, RevlogLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * Returns the state of the repository: {@code known} if nothing moved, else a new one, in use
   * once.
   */
  StoreState read(@Nullable StoreState known) throws IOException {
    ViewIdentity before = ViewIdentity.of(directory);
    if (known != null && known.identity().equals(before)) {
      long now = System.nanoTime();
      if (now - asideRead < ASIDE_NANOS) {
        return known;
      }
      asideRead = now;
      if (identitiesAside().equals(aside)) {
        return known;
      }
    }
    for (int reads = 0; reads < MAX_READS; reads++) {
      StoreState state = attempt(before, known);
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

  /** Reads the state once; returns null if it moved meanwhile. */
  private @Nullable StoreState attempt(ViewIdentity before, @Nullable StoreState known)
      throws IOException {
    StoreLogs logs = null;
    try {
      logs = StoreLogs.open(directory, limits, known == null ? null : known.logs());
      List<FileIdentity> asideBefore = identitiesAside();
      Phases phases = Phases.read(directory.phaseRoots(), logs.changelog());
      Map<ByteString, Node> bookmarks = NodeNames.bookmarks(directory.bookmarks());
      Map<ByteString, Node> localTags = NodeNames.localTags(directory.localTags());
      List<Node> pinned = new ArrayList<>(bookmarks.values());
      pinned.addAll(localTags.values());
      pinned.addAll(Dirstate.parents(directory.dirstate()));
      Hidden hidden =
          Hidden.read(directory.obsolescenceMarkers(), logs.changelog(), phases, pinned);
      RepositorySettings settings = RepositorySettings.read(directory.settings());
      if (!ViewIdentity.of(directory).equals(before)) {
        logs.close();
        return null;
      }
      aside = asideBefore;
      asideRead = System.nanoTime();
      ChangesetTexts texts =
          ChangesetTexts.of(
              logs, known != null && logs.continues(known.logs()) ? known.texts() : null);
      return new StoreState(
          before, asideBefore, logs, texts, phases, hidden, bookmarks, localTags, settings);
    } catch (IOException | RuntimeException e) {
      if (logs != null) {
        logs.close();
      }
      if (e instanceof IOException && !ViewIdentity.of(directory).equals(before)) {
        return null;
      }
      throw e;
    }
  }

  /** Returns the identities of what no transaction changes. */
  private List<FileIdentity> identitiesAside() throws IOException {
    List<FileIdentity> found = new ArrayList<>(4);
    found.add(FileIdentity.of(directory.dirstate()));
    found.add(FileIdentity.of(directory.localTags()));
    for (var settings : directory.settings()) {
      found.add(FileIdentity.of(settings));
    }
    return found;
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
