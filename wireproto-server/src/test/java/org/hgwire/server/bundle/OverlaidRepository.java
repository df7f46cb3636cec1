// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * A repository whose manifests and files are stored in another way.
 *
 * @param below the repository
 * @param lists whether stores list their revisions
 * @param revisions what is made of each revision
 */
record OverlaidRepository(Repository below, boolean lists, Overlay revisions)
    implements Repository {
  private static final int MAX_CHANGESETS = 1000;

  /** Makes another revision of one of a store. */
  interface Overlay {
    StoredRevision of(RevisionStore store, StoredRevision revision);
  }

  /** Returns a repository that has what a host must implement, and no more. */
  static OverlaidRepository withoutExtras(Repository below) {
    return new OverlaidRepository(
        below,
        false,
        (store, revision) ->
            new Overlaid(revision) {
              @Override
              public @Nullable StoredDelta delta() {
                return null;
              }
            });
  }

  /** Returns a repository that keeps each revision as a delta against the one stored before it. */
  static OverlaidRepository chained(Repository below, boolean lists) {
    return new OverlaidRepository(
        below,
        lists,
        (store, revision) ->
            new Overlaid(revision) {
              @Override
              public @Nullable StoredDelta delta() throws IOException {
                StoredRevision base = before(store, node());
                return base == null
                    ? null
                    : new StoredDelta(
                        base.node(),
                        Delta.betweenLines(RevisionBodies.text(base), RevisionBodies.text(this)));
              }
            });
  }

  private static @Nullable StoredRevision before(RevisionStore store, Node node)
      throws IOException {
    BitSet all = new BitSet();
    all.set(0, MAX_CHANGESETS);
    RevisionCursor cursor = Objects.requireNonNull(store.introducedBy(all));
    StoredRevision before = null;
    for (StoredRevision next = cursor.next(); next != null; next = cursor.next()) {
      if (next.node().equals(node)) {
        return before;
      }
      before = next;
    }
    throw new IllegalArgumentException("the store does not list " + node);
  }

  @Override
  public RepositorySnapshot snapshot() throws IOException {
    RepositorySnapshot snapshot = below.snapshot();
    return new RepositorySnapshot() {
      @Override
      public ChangesetIndex changesets() {
        return snapshot.changesets();
      }

      @Override
      public @Nullable RevisionStore manifests(ByteString tree) throws IOException {
        return store(snapshot.manifests(tree));
      }

      @Override
      public @Nullable RevisionStore file(ByteString path) throws IOException {
        return store(snapshot.file(path));
      }

      @Override
      public List<FileChange> changes(int revision) throws IOException {
        return snapshot.changes(revision);
      }

      @Override
      public Map<ByteString, Node> bookmarks() throws IOException {
        return snapshot.bookmarks();
      }

      @Override
      public boolean publishing() {
        return snapshot.publishing();
      }

      @Override
      public void close() throws IOException {
        snapshot.close();
      }
    };
  }

  private @Nullable RevisionStore store(@Nullable RevisionStore store) {
    return store == null
        ? null
        : new RevisionStore() {
          @Override
          public @Nullable StoredRevision find(Node node) throws IOException {
            return overlaid(store, store.find(node));
          }

          @Override
          public @Nullable RevisionCursor introducedBy(BitSet changesets) throws IOException {
            RevisionCursor cursor = lists ? store.introducedBy(changesets) : null;
            return cursor == null ? null : () -> overlaid(store, cursor.next());
          }
        };
  }

  private @Nullable StoredRevision overlaid(
      RevisionStore store, @Nullable StoredRevision revision) {
    return revision == null ? null : revisions.of(store, revision);
  }

  /** A revision that is another one in all that is not overridden. */
  static class Overlaid implements StoredRevision {
    private final StoredRevision below;

    Overlaid(StoredRevision below) {
      this.below = below;
    }

    @Override
    public Node node() {
      return below.node();
    }

    @Override
    public Node parent1() {
      return below.parent1();
    }

    @Override
    public Node parent2() {
      return below.parent2();
    }

    @Override
    public IntStream links() {
      return below.links();
    }

    @Override
    public int flags() {
      return below.flags();
    }

    @Override
    public long size() {
      return below.size();
    }

    @Override
    public InputStream open() throws IOException {
      return below.open();
    }

    @Override
    public @Nullable StoredDelta delta() throws IOException {
      return below.delta();
    }
  }
}
