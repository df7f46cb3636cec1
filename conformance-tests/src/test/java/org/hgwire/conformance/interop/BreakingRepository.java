// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * A repository with one revision that cannot be read to its end: its stream returns the first half
 * of the text, then throws.
 *
 * @param whole the repository, without the fault
 * @param broken the revision that cannot be read
 */
record BreakingRepository(Repository whole, Node broken) implements Repository {
  /** The message that the stream throws. No client may see it. */
  static final String REASON = "sector 4711 cannot be read";

  @Override
  public RepositorySnapshot snapshot() throws IOException {
    RepositorySnapshot snapshot = whole.snapshot();
    return new Snapshot(snapshot, new Index(snapshot.changesets(), broken), broken);
  }

  private static StoredRevision breaking(StoredRevision revision, Node broken) {
    return revision.node().equals(broken) ? new Broken(revision) : revision;
  }

  private record Snapshot(RepositorySnapshot whole, ChangesetIndex changesets, Node broken)
      implements RepositorySnapshot {
    @Override
    public @Nullable RevisionStore manifests(ByteString tree) throws IOException {
      return store(whole.manifests(tree));
    }

    @Override
    public @Nullable RevisionStore file(ByteString path) throws IOException {
      return store(whole.file(path));
    }

    private @Nullable RevisionStore store(@Nullable RevisionStore store) {
      return store == null ? null : new Store(store, broken);
    }

    @Override
    public List<FileChange> changes(int revision) throws IOException {
      return whole.changes(revision);
    }

    @Override
    public Map<ByteString, Node> bookmarks() throws IOException {
      return whole.bookmarks();
    }

    @Override
    public boolean publishing() {
      return whole.publishing();
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }

  private record Store(RevisionStore whole, Node broken) implements RevisionStore {
    @Override
    public @Nullable StoredRevision find(Node node) throws IOException {
      StoredRevision revision = whole.find(node);
      return revision == null ? null : breaking(revision, broken);
    }

    @Override
    public boolean recordsEveryLink() {
      return whole.recordsEveryLink();
    }
  }

  private record Index(ChangesetIndex whole, Node broken) implements ChangesetIndex {
    @Override
    public StoredRevision text(int revision) throws IOException {
      return breaking(whole.text(revision), broken);
    }

    @Override
    public Node manifest(int revision) throws IOException {
      return whole.manifest(revision);
    }

    @Override
    public ByteString branch(int revision) throws IOException {
      return whole.branch(revision);
    }

    @Override
    public boolean closesBranch(int revision) throws IOException {
      return whole.closesBranch(revision);
    }

    @Override
    public int count() {
      return whole.count();
    }

    @Override
    public Node node(int revision) {
      return whole.node(revision);
    }

    @Override
    public int revision(Node node) {
      return whole.revision(node);
    }

    @Override
    public int parent1(int revision) {
      return whole.parent1(revision);
    }

    @Override
    public int parent2(int revision) {
      return whole.parent2(revision);
    }

    @Override
    public Phase phase(int revision) {
      return whole.phase(revision);
    }
  }

  private record Broken(StoredRevision whole) implements StoredRevision {
    @Override
    public Node node() {
      return whole.node();
    }

    @Override
    public Node parent1() {
      return whole.parent1();
    }

    @Override
    public Node parent2() {
      return whole.parent2();
    }

    @Override
    public IntStream links() {
      return whole.links();
    }

    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public InputStream open() throws IOException {
      return new FirstHalf(whole.open(), size() / 2);
    }
  }

  private static final class FirstHalf extends FilterInputStream {
    private long left;

    FirstHalf(InputStream whole, long left) {
      super(whole);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException(REASON);
      }
      int count = super.read(target, offset, (int) Math.min(left, length));
      left -= Math.max(count, 0);
      return count;
    }
  }
}
