// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.security.SecureRandom;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoreFiles;
import org.jspecify.annotations.Nullable;

/**
 * A repository in memory, with commits. Its nodes are those that Mercurial computes for the same
 * history.
 *
 * <p>Safe for use by several threads: writers wait for each other, readers see the repository as it
 * was when their snapshot was opened.
 */
public final class MemoryRepository implements Repository {
  private final ByteString id;
  private final boolean publishing;
  private final Map<Node, Integer> numbers = new ConcurrentHashMap<>();
  private final MemoryStore manifests = new MemoryStore(Delta::betweenLines);
  private final Map<ByteString, MemoryStore> files = new ConcurrentHashMap<>();
  private volatile MemoryState state = MemoryState.empty();

  private MemoryRepository(boolean publishing) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    id = ByteString.copyOf(random);
    this.publishing = publishing;
  }

  /** Returns an empty repository that publishes: what is pulled from it is public. */
  public static MemoryRepository publishing() {
    return new MemoryRepository(true);
  }

  /** Returns an empty repository whose drafts remain drafts when they are pulled. */
  public static MemoryRepository nonPublishing() {
    return new MemoryRepository(false);
  }

  /** Returns 16 random bytes, drawn when the repository was made. */
  @Override
  public ByteString id() {
    return id;
  }

  @Override
  public RepositorySnapshot snapshot() {
    return view();
  }

  private MemorySnapshot view() {
    return new MemorySnapshot(state, publishing, numbers, manifests, files::get);
  }

  /** Begins a commit whose parent is the newest changeset. */
  public MemoryCommit commit() {
    return new MemoryCommit(this, tip());
  }

  /** Returns the newest changeset, or {@link Node#NULL} if there is none. */
  public Node tip() {
    MemoryState now = state;
    return now.count() == 0 ? Node.NULL : now.changeset(now.count() - 1).node();
  }

  synchronized Node add(MemoryCommit commit) {
    CommitAssembly assembly = new CommitAssembly(this, view(), commit);
    Node node = assembly.node();
    if (!numbers.containsKey(node)) {
      MemoryState before = state;
      MemoryChangeset changeset = assembly.store();
      numbers.put(node, before.count());
      state = before.with(changeset, phase(commit.phase(), before, changeset));
    }
    return node;
  }

  /** Returns the phase that was asked for, or that of a parent if it is greater. */
  private static Phase phase(Phase wanted, MemoryState state, MemoryChangeset changeset) {
    Phase phase = wanted;
    for (int parent : new int[] {changeset.parent1(), changeset.parent2()}) {
      if (parent >= 0 && state.phase(parent).compareTo(phase) > 0) {
        phase = state.phase(parent);
      }
    }
    return phase;
  }

  MemoryStore manifestStore() {
    return manifests;
  }

  MemoryStore fileStore(ByteString path) {
    return files.computeIfAbsent(path, unused -> new MemoryStore(Delta::between));
  }

  @Nullable MemoryStore knownFileStore(ByteString path) {
    return files.get(path);
  }

  /**
   * Sets or moves a bookmark.
   *
   * @throws IllegalArgumentException if there is no such changeset
   */
  public synchronized void bookmark(String name, Node node) {
    number(node);
    state = state.withBookmark(ByteString.utf8(name), node);
  }

  /**
   * Moves a changeset to a phase, together with its ancestors if that is nearer to public, or with
   * its descendants if not.
   *
   * @throws IllegalArgumentException if there is no such changeset
   */
  public synchronized void phase(Node node, Phase phase) {
    int revision = number(node);
    BitSet moved = new BitSet();
    MemoryState now = state;
    if (phase.compareTo(now.phase(revision)) <= 0) {
      moved.set(revision);
      for (int r = revision; r >= 0; r = moved.previousSetBit(r - 1)) {
        for (int parent : parents(now, r)) {
          if (parent >= 0 && now.phase(parent).compareTo(phase) > 0) {
            moved.set(parent);
          }
        }
      }
    } else {
      moved.set(revision);
      for (int r = revision + 1; r < now.count(); r++) {
        for (int parent : parents(now, r)) {
          if (parent >= 0 && moved.get(parent) && now.phase(r).compareTo(phase) < 0) {
            moved.set(r);
          }
        }
      }
    }
    state = now.with(phase, moved);
  }

  private static int[] parents(MemoryState state, int revision) {
    MemoryChangeset changeset = state.changeset(revision);
    return new int[] {changeset.parent1(), changeset.parent2()};
  }

  /**
   * Hides a changeset, as Mercurial hides an obsolete one.
   *
   * @throws IllegalArgumentException if there is no such changeset
   */
  public synchronized void hide(Node node) {
    state = state.withHidden(number(node));
  }

  /** Sets the raw store files that the repository offers; none by default. */
  public synchronized void storeFiles(StoreFiles storeFiles) {
    state = state.with(storeFiles);
  }

  private int number(Node node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalArgumentException("there is no changeset " + node);
    }
    return number;
  }

  @Override
  public synchronized boolean moveBookmark(
      ByteString name, @Nullable Node before, @Nullable Node after) {
    if (!Objects.equals(state.bookmarks().get(name), before)) {
      return false;
    }
    if (after != null) {
      number(after);
    }
    state = state.withBookmark(name, after);
    return true;
  }

  @Override
  public synchronized boolean advancePhase(Node changeset, Phase before, Phase after) {
    if (state.phase(number(changeset)) != before || after.compareTo(before) >= 0) {
      return false;
    }
    phase(changeset, after);
    return true;
  }
}
