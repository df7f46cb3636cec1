// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.NodeNames;
import org.hgwire.store.RepositorySettings;
import org.hgwire.store.ViewIdentity;
import org.hgwire.store.revlog.Revlog;

/**
 * What was read of a repository at one moment, for all snapshots of that moment. Its revlogs are
 * closed when nobody uses it any more.
 *
 * <p>Immutable but for the count of its users. Safe for use by several threads.
 */
final class StoreState {
  private static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ViewIdentity identity;
  private final ByteString id;
  private final StoreLogs logs;
  private final ChangesetTexts texts;
  private final Phases phases;
  private final Hidden hidden;
  private final boolean everythingVisible;
  private final Map<ByteString, Node> bookmarks;
  private final Map<ByteString, Node> listedBookmarks;
  private final Map<ByteString, Node> localTags;
  private final RepositorySettings settings;
  private final DerivedFacts derived = new DerivedFacts();
  private final long read = System.nanoTime();
  private int users = 1;

  StoreState(
      ViewIdentity identity,
      List<FileIdentity> aside,
      StoreLogs logs,
      ChangesetTexts texts,
      Phases phases,
      Hidden hidden,
      Map<ByteString, Node> bookmarks,
      Map<ByteString, Node> localTags,
      RepositorySettings settings) {
    this.identity = identity;
    this.id = id(identity, aside);
    this.logs = logs;
    this.texts = texts;
    this.phases = phases;
    this.hidden = hidden;
    this.everythingVisible = hidden.isEmpty() && phases.noneSecret();
    this.bookmarks = bookmarks;
    this.listedBookmarks = new TreeMap<>(bookmarks);
    this.listedBookmarks.keySet().removeIf(NodeNames::isDivergent);
    this.localTags = localTags;
    this.settings = settings;
  }

  private static ByteString id(ViewIdentity identity, List<FileIdentity> aside) {
    List<FileIdentity> all = new ArrayList<>(aside);
    all.add(identity.changelog());
    all.add(identity.phaseRoots());
    all.add(identity.obsolescenceMarkers());
    all.add(identity.bookmarks());
    ByteBuffer bytes = ByteBuffer.allocate(all.size() * 4 * Long.BYTES);
    for (FileIdentity file : all) {
      bytes
          .putLong(file.device())
          .putLong(file.file())
          .putLong(file.size())
          .putLong(file.changed());
    }
    return ByteString.copyOf(bytes.flip());
  }

  /** Returns the number of changesets. */
  int changesets() {
    Revlog changelog = logs.changelog();
    return changelog == null ? 0 : changelog.count();
  }

  /** Returns whether the state was read a moment ago, when a transaction may have just ended. */
  boolean isNew() {
    return System.nanoTime() - read < NEW_NANOS;
  }

  ViewIdentity identity() {
    return identity;
  }

  /** Returns the id of the state: the identities of all files that it was read from. */
  ByteString id() {
    return id;
  }

  StoreLogs logs() {
    return logs;
  }

  ChangesetTexts texts() {
    return texts;
  }

  Phases phases() {
    return phases;
  }

  Hidden hidden() {
    return hidden;
  }

  boolean everythingVisible() {
    return everythingVisible;
  }

  /** Returns the bookmarks, divergent ones among them. */
  Map<ByteString, Node> bookmarks() {
    return bookmarks;
  }

  /** Returns the bookmarks without the divergent ones, sorted. */
  Map<ByteString, Node> listedBookmarks() {
    return listedBookmarks;
  }

  Map<ByteString, Node> localTags() {
    return localTags;
  }

  RepositorySettings settings() {
    return settings;
  }

  DerivedFacts derived() {
    return derived;
  }

  /** Counts one more user. */
  synchronized StoreState retain() {
    users++;
    return this;
  }

  /** Counts one user less; closes the revlogs after the last. */
  void release() throws IOException {
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
    }
    logs.close();
  }
}
