// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.client.sink.CensoredRevision;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.sink.StoredElsewhere;
import org.hgwire.client.waiting.FileRevisionList;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.NewRevision;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.write.StoreTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with manifests and file revisions, which {@link #commit} completes with their
 * changesets. Until then they link to the numbers that these will have.
 *
 * <p>They are appended by the thread of an {@link AppendQueue}, which alone uses the file logs and
 * the manifests of the transaction, unless the queue is {@linkplain AppendQueue#finish finished}.
 */
final class Batch implements Closeable {
  private final StoreTransaction transaction;
  private final StoredRevisions stored;
  private final Beside beside;
  private final ManifestLinks links;
  private final AppendQueue queue;

  /** The manifests that were added. */
  private final NodeList manifests = new NodeList();

  private final FileRevisionList added = new FileRevisionList();
  private final boolean keepsPointers;
  private ByteString path = ByteString.empty();
  private @Nullable RevlogAppender file;

  /** How many of the changesets beside the repository have something here, the last included. */
  private int reach;

  /**
   * Begins a batch.
   *
   * @param queue appends to it
   * @param keepsPointers whether what stands for a text that is stored elsewhere is taken
   */
  Batch(
      StoreTransaction transaction,
      StoredRevisions stored,
      Beside beside,
      AppendQueue queue,
      boolean keepsPointers) {
    this.transaction = transaction;
    this.queue = queue;
    this.keepsPointers = keepsPointers;
    this.stored = stored;
    this.beside = beside;
    this.links = new ManifestLinks(beside);
  }

  StoreTransaction transaction() {
    return transaction;
  }

  int reach() {
    return reach;
  }

  /** Returns whether a manifest or a file revision is in the batch or in the repository. */
  boolean has(RevisionKey key) throws IOException {
    return key.kind() == RevisionKind.MANIFEST
        ? hasManifest(key.node())
        : hasFile(key.path(), key.node());
  }

  private boolean hasManifest(Node node) throws IOException {
    if (manifests.find(node) >= 0) {
      return true;
    }
    Revlog log = stored.manifests();
    return log != null && log.find(node) != Revlog.NONE;
  }

  private boolean hasFile(ByteString name, Node node) throws IOException {
    if (added.find(name, node) >= 0) {
      return true;
    }
    Revlog log = stored.file(name);
    return log != null && log.find(node) != Revlog.NONE;
  }

  @Nullable RevisionText open(RevisionKey key) throws IOException {
    boolean isManifest = key.kind() == RevisionKind.MANIFEST;
    boolean isAdded =
        isManifest ? manifests.find(key.node()) >= 0 : added.find(key.path(), key.node()) >= 0;
    if (isAdded) {
      queue.finish();
      RevlogAppender log = isManifest ? transaction.manifests() : log(key.path());
      return new MemoryText(log.sharedText(log.find(key.node())));
    }
    Revlog log = isManifest ? stored.manifests() : stored.file(key.path());
    int revision = log == null ? Revlog.NONE : log.find(key.node());
    return log == null || revision == Revlog.NONE ? null : new StoredText(log, revision);
  }

  void add(PulledRevision revision) throws IOException {
    Node node = revision.key().node();
    if (revision.key().kind() == RevisionKind.MANIFEST) {
      int position = links.find(node);
      if (position < 0) {
        throw new IOException("no changeset that was pulled names the " + revision.key());
      }
      append(transaction::manifests, revision, position, 0);
      if (manifests.find(node) < 0) {
        manifests.add(node);
      }
      return;
    }
    int flags = 0;
    if (revision.substitute() instanceof CensoredRevision) {
      flags = Revlog.FLAG_CENSORED;
    } else if (revision.substitute() instanceof StoredElsewhere) {
      if (!keepsPointers) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED,
            "the "
                + revision.key()
                + " is stored elsewhere (lfs), which cannot be written; clone the repository with"
                + " Mercurial and its extension lfs");
      }
      flags = Revlog.FLAG_EXTERNAL;
    }
    ByteString name = revision.key().path();
    Node linknode = revision.linknode();
    int position = linknode == null ? -1 : beside.find(linknode);
    if (position < 0) {
      throw new IOException("no changeset that was pulled introduces the " + revision.key());
    }
    append(() -> log(name), revision, position, flags);
    added.add(name, node);
  }

  /** Opens the log that a revision is appended to; only for the thread of the queue. */
  private interface Log {
    RevlogAppender open() throws IOException;
  }

  private RevlogAppender log(ByteString name) throws IOException {
    RevlogAppender current = file;
    if (current != null && name.equals(path)) {
      return current;
    }
    closeFile();
    RevlogAppender opened = transaction.fileLog(name);
    file = opened;
    path = name;
    return opened;
  }

  private void closeFile() throws IOException {
    RevlogAppender current = file;
    if (current != null) {
      file = null;
      current.close();
    }
  }

  private void append(Log log, PulledRevision revision, int position, int flags)
      throws IOException {
    int rank = beside.rank(position);
    reach = Math.max(reach, rank + 1);
    long length = revision.text().length();
    if (length > AppendQueue.MAX_BYTES) {
      queue.finish();
    }
    NewRevision appended =
        new NewRevision(
            revision.key().node(),
            revision.firstParent(),
            revision.secondParent(),
            stored.count() + rank,
            flags,
            ByteBuffer.wrap(revision.text().sharedBytes()),
            flags == 0 ? copy(revision.delta()) : null);
    queue.add(length, () -> log.open().append(appended));
  }

  private static NewRevision.@Nullable KnownDelta copy(@Nullable RevisionDelta delta) {
    if (delta == null) {
      return null;
    }
    ByteBuffer bytes = delta.bytes();
    return new NewRevision.KnownDelta(
        delta.base(), ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
  }

  /**
   * Appends the first changesets that are beside the repository, as drafts, and makes everything
   * show.
   *
   * @param count how many; at least {@link #reach}
   * @param markers obsolescence markers to add
   */
  void commit(int count, List<ByteString> markers, PhaseTable phases) throws IOException {
    queue.finish();
    closeFile();
    RevlogAppender changelog = transaction.changelog();
    int position = -1;
    for (int i = 0; i < count; i++) {
      position = beside.next(position + 1);
      Parents parents = beside.parents(position);
      int number = changelog.count();
      changelog.append(
          new NewRevision(
              beside.node(position),
              parents.first(),
              parents.second(),
              number,
              0,
              ByteBuffer.wrap(beside.text(position).sharedBytes()),
              null));
      phases.addDraft(changelog, number);
    }
    transaction.addMarkers(markers);
    transaction.setPhaseRoots(phases.roots(changelog));
    transaction.commit();
  }

  /** Makes everything undone, unless it was committed. */
  @Override
  public void close() throws IOException {
    try (transaction) {
      queue.clear();
      RevlogAppender current = file;
      file = null;
      if (current != null) {
        current.discard();
      }
    }
  }
}
