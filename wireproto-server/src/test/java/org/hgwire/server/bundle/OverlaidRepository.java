// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
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
record OverlaidRepository(Repository below, boolean lists, UnaryOperator<StoredRevision> revisions)
    implements Repository {
  /** Returns a repository that has what a host must implement, and no more. */
  static OverlaidRepository withoutExtras(Repository below) {
    return new OverlaidRepository(
        below,
        false,
        revision ->
            new Overlaid(revision) {
              @Override
              public @Nullable StoredDelta delta() {
                return null;
              }
            });
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
            return overlaid(store.find(node));
          }

          @Override
          public @Nullable RevisionCursor introducedBy(BitSet changesets) throws IOException {
            RevisionCursor cursor = lists ? store.introducedBy(changesets) : null;
            return cursor == null ? null : () -> overlaid(cursor.next());
          }
        };
  }

  private @Nullable StoredRevision overlaid(@Nullable StoredRevision revision) {
    return revision == null ? null : revisions.apply(revision);
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
