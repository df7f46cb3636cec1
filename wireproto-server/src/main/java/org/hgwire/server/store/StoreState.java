// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.NodeNames;
import org.hgwire.store.ViewIdentity;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a repository at one moment, for all snapshots of that moment. Its revlogs are
 * closed when nobody uses it any more.
 *
 * <p>Immutable but for the count of its users and what is computed when it is asked for. Safe for
 * use by several threads.
 */
final class StoreState {
  private static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ViewIdentity identity;
  private final boolean certain;
  private final ByteString id;
  private final StoreLogs logs;
  private final ChangesetTexts texts;
  private final Visibility visibility;
  private final Map<ByteString, Node> bookmarks;
  private final Map<ByteString, Node> listedBookmarks;
  private final AsideFacts aside;
  private final DerivedFacts derived = new DerivedFacts();
  private final long read = System.nanoTime();
  private volatile @Nullable Map<ByteString, Node> tags;
  private int users = 1;

  /**
   * Makes a state that is in use once.
   *
   * @param certain whether a change since then changes the identity
   */
  StoreState(
      ViewIdentity identity,
      boolean certain,
      StoreLogs logs,
      ChangesetTexts texts,
      Visibility visibility,
      Map<ByteString, Node> bookmarks,
      AsideFacts aside) {
    this.identity = identity;
    this.certain = certain;
    this.logs = logs;
    this.texts = texts;
    this.visibility = visibility;
    this.bookmarks = bookmarks;
    this.aside = aside;
    Map<ByteString, Node> listed = new TreeMap<>(bookmarks);
    listed.keySet().removeIf(NodeNames::isDivergent);
    this.listedBookmarks = Collections.unmodifiableMap(listed);
    this.id = makeId();
  }

  private ByteString makeId() {
    List<FileIdentity> files = new ArrayList<>(aside.identities());
    files.add(identity.changelog());
    files.add(identity.phaseRoots());
    files.add(identity.obsolescenceMarkers());
    files.add(identity.bookmarks());
    ByteBuffer bytes = ByteBuffer.allocate(files.size() * 4 * Long.BYTES + Node.BYTES);
    for (FileIdentity file : files) {
      bytes
          .putLong(file.device())
          .putLong(file.file())
          .putLong(file.size())
          .putLong(file.changed());
    }
    int last = changesets() - 1;
    (last < 0 ? Node.NULL : StoreLogs.present(logs.changelog()).node(last)).write(bytes);
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

  /** Returns whether the files are as they were as long as their identity is. */
  boolean isCertain() {
    return certain;
  }

  ViewIdentity identity() {
    return identity;
  }

  /** Returns the identities of all files that it was read from, and the newest changeset. */
  ByteString id() {
    return id;
  }

  StoreLogs logs() {
    return logs;
  }

  ChangesetTexts texts() {
    return texts;
  }

  Visibility visibility() {
    return visibility;
  }

  /** Returns the bookmarks, divergent ones among them. */
  Map<ByteString, Node> bookmarks() {
    return bookmarks;
  }

  /** Returns the bookmarks without the divergent ones, sorted. */
  Map<ByteString, Node> listedBookmarks() {
    return listedBookmarks;
  }

  AsideFacts aside() {
    return aside;
  }

  DerivedFacts derived() {
    return derived;
  }

  /** Returns the tags, or null if they were not read yet. */
  @Nullable Map<ByteString, Node> tags() {
    return tags;
  }

  /** Keeps the tags that were read. */
  void keepTags(Map<ByteString, Node> read) {
    tags = read;
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
