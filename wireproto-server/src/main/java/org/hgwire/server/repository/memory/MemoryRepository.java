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
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoreFiles;
import org.jspecify.annotations.Nullable;

/**
 * A repository in memory, to which one commits files. Its nodes are those that Mercurial computes
 * for the same history.
 *
 * <p>May be used by several threads at once: who writes waits for others that write, who reads sees
 * the repository as it was when the snapshot was taken.
 */
public final class MemoryRepository implements Repository {
  private final ByteString id;
  private final boolean publishing;
  private final Map<Node, Integer> numbers = new ConcurrentHashMap<>();
  private final MemoryStore manifests = new MemoryStore();
  private final Map<ByteString, MemoryStore> files = new ConcurrentHashMap<>();
  private volatile MemoryState state = MemoryState.empty();

  private MemoryRepository(boolean publishing) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    id = ByteString.copyOf(random);
    this.publishing = publishing;
  }

  /** Returns an empty repository: what is pulled from it is public. */
  public static MemoryRepository publishing() {
    return new MemoryRepository(true);
  }

  /** Returns an empty repository whose drafts stay drafts when they are pulled. */
  public static MemoryRepository nonPublishing() {
    return new MemoryRepository(false);
  }

  /** Returns a number that was drawn for this object: it is unlike any other repository. */
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

  /** Begins a commit on top of the newest changeset. */
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
      state = before.with(changeset, lowest(commit.phase(), before, changeset));
    }
    return node;
  }

  /** A changeset's phase is at least that of its parents. */
  private static Phase lowest(Phase wanted, MemoryState state, MemoryChangeset changeset) {
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
    return files.computeIfAbsent(path, unused -> new MemoryStore());
  }

  @Nullable MemoryStore knownFileStore(ByteString path) {
    return files.get(path);
  }

  /**
   * Sets where a bookmark points.
   *
   * @throws IllegalArgumentException if there is no such changeset
   */
  public synchronized void bookmark(String name, Node node) {
    number(node);
    state = state.withBookmark(ByteString.utf8(name), node);
  }

  /**
   * Moves a changeset to a phase, whatever it was: towards public with its ancestors, away from it
   * with its descendants.
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
   * Hides a changeset, as if it were obsolete.
   *
   * @throws IllegalArgumentException if there is no such changeset
   */
  public synchronized void hide(Node node) {
    state = state.withHidden(number(node));
  }

  /** Sets raw files that the repository offers as those of its store. */
  public synchronized void offer(StoreFiles storeFiles) {
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
