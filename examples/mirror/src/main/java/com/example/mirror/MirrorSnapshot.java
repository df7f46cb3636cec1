// SPDX-License-Identifier: Apache-2.0
package com.example.mirror;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * A mirror as it was when it was published. The maps grow while it is served; what was introduced
 * by later changesets is not in it.
 */
final class MirrorSnapshot implements RepositorySnapshot, ChangesetIndex {
  private static final AtomicLong STATES = new AtomicLong();

  private final ByteString stateId = ByteString.utf8(Long.toString(STATES.incrementAndGet()));
  private final List<MirroredRevision> changesets;
  private final Map<Node, Integer> numbers;
  private final Map<Node, MirroredRevision> manifests;
  private final Map<ByteString, Map<Node, MirroredRevision>> files;
  private final boolean publishing;
  private final BitSet drafts;
  private final Map<ByteString, Node> bookmarks;

  private MirrorSnapshot(
      List<MirroredRevision> changesets,
      Map<Node, Integer> numbers,
      Map<Node, MirroredRevision> manifests,
      Map<ByteString, Map<Node, MirroredRevision>> files,
      boolean publishing,
      BitSet drafts,
      Map<ByteString, Node> bookmarks) {
    this.changesets = changesets;
    this.numbers = numbers;
    this.manifests = manifests;
    this.files = files;
    this.publishing = publishing;
    this.drafts = drafts;
    this.bookmarks = bookmarks;
  }

  /**
   * Returns a snapshot.
   *
   * @param changesets the changesets, parents before children; copied
   * @param numbers the number of each changeset
   * @param state the bookmarks and phases, or null if there are none yet
   */
  static MirrorSnapshot of(
      List<MirroredRevision> changesets,
      Map<Node, Integer> numbers,
      Map<Node, MirroredRevision> manifests,
      Map<ByteString, Map<Node, MirroredRevision>> files,
      @Nullable RepositoryState state) {
    BitSet drafts = new BitSet();
    if (state != null && !state.publishing()) {
      Set<Node> draftRoots = state.draftRoots();
      for (MirroredRevision each : changesets) {
        // A child of a draft is a draft.
        boolean draft =
            draftRoots.contains(each.node())
                || drafts.get(numbers.getOrDefault(each.parent1(), each.link()))
                || drafts.get(numbers.getOrDefault(each.parent2(), each.link()));
        drafts.set(each.link(), draft);
      }
    }
    return new MirrorSnapshot(
        List.copyOf(changesets),
        numbers,
        manifests,
        files,
        state == null || state.publishing(),
        drafts,
        state == null ? Map.of() : state.bookmarks());
  }

  /** Returns a snapshot with a bookmark moved, or null if it does not point to {@code before}. */
  @Nullable MirrorSnapshot withBookmark(
      ByteString name, @Nullable Node before, @Nullable Node after) {
    if (!Objects.equals(bookmarks.get(name), before)) {
      return null;
    }
    Map<ByteString, Node> moved = new HashMap<>(bookmarks);
    if (after == null) {
      moved.remove(name);
    } else {
      moved.put(name, after);
    }
    return new MirrorSnapshot(
        changesets, numbers, manifests, files, publishing, drafts, Map.copyOf(moved));
  }

  /** Revisions of one file, or the manifests, as far as the snapshot has them. */
  private record Store(Map<Node, MirroredRevision> revisions, int changesets)
      implements RevisionStore {
    @Override
    public @Nullable StoredRevision find(Node node) {
      MirroredRevision revision = revisions.get(node);
      return revision == null || revision.link() >= changesets ? null : revision;
    }

    @Override
    public boolean recordsEveryLink() {
      return false;
    }
  }

  @Override
  public ByteString stateId() {
    return stateId;
  }

  @Override
  public ChangesetIndex changesets() {
    return this;
  }

  @Override
  public @Nullable RevisionStore manifests(ByteString tree) {
    return tree.isEmpty() ? new Store(manifests, count()) : null;
  }

  @Override
  public @Nullable RevisionStore file(ByteString path) {
    Map<Node, MirroredRevision> revisions = files.get(path);
    return revisions == null ? null : new Store(revisions, count());
  }

  @Override
  public Map<ByteString, Node> bookmarks() {
    return bookmarks;
  }

  @Override
  public boolean publishing() {
    return publishing;
  }

  @Override
  public int count() {
    return changesets.size();
  }

  @Override
  public Node node(int revision) {
    return changesets.get(revision).node();
  }

  @Override
  public int revision(Node node) {
    int number = numbers.getOrDefault(node, NONE);
    return number < count() ? number : NONE;
  }

  @Override
  public int parent1(int revision) {
    return revision(changesets.get(revision).parent1());
  }

  @Override
  public int parent2(int revision) {
    return revision(changesets.get(revision).parent2());
  }

  @Override
  public Phase phase(int revision) {
    return drafts.get(revision) ? Phase.DRAFT : Phase.PUBLIC;
  }

  @Override
  public StoredRevision text(int revision) {
    return changesets.get(revision);
  }

  @Override
  public void close() {}
}
