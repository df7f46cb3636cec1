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
 */
final class Batch implements Closeable {
  private final StoreTransaction transaction;
  private final StoredRevisions stored;
  private final Beside beside;
  private final ManifestLinks links;
  private final FileRevisionSet added = new FileRevisionSet();
  private final RecentTexts recentManifests = new RecentTexts();
  private final boolean keepsPointers;
  private ByteString path = ByteString.empty();
  private @Nullable RevlogAppender file;

  /** How many of the changesets beside the repository have something here, the last included. */
  private int reach;

  /**
   * Begins a batch.
   *
   * @param keepsPointers whether what stands for a text that is stored elsewhere is taken
   */
  Batch(
      StoreTransaction transaction, StoredRevisions stored, Beside beside, boolean keepsPointers) {
    this.transaction = transaction;
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

  boolean hasManifest(Node node) throws IOException {
    return transaction.manifests().find(node) != Revlog.NONE;
  }

  boolean hasFile(ByteString name, Node node) throws IOException {
    RevlogAppender current = file;
    if (current != null && name.equals(path)) {
      return current.find(node) != Revlog.NONE;
    }
    if (added.has(name, node)) {
      return true;
    }
    Revlog log = stored.file(name);
    return log != null && log.find(node) != Revlog.NONE;
  }

  @Nullable RevisionText open(RevisionKey key) throws IOException {
    if (key.kind() == RevisionKind.MANIFEST) {
      RevlogAppender manifests = transaction.manifests();
      int revision = manifests.find(key.node());
      return revision == Revlog.NONE
          ? null
          : new MemoryText(recentManifests.read(manifests, revision));
    }
    RevlogAppender current = file;
    if (current != null && key.path().equals(path)) {
      int revision = current.find(key.node());
      return revision == Revlog.NONE ? null : new MemoryText(current.text(revision).toByteArray());
    }
    Revlog log = stored.file(key.path());
    int revision = log == null ? Revlog.NONE : log.find(key.node());
    return log == null || revision == Revlog.NONE ? null : new StoredText(log, revision);
  }

  void add(PulledRevision revision) throws IOException {
    if (revision.key().kind() == RevisionKind.MANIFEST) {
      int position = links.find(revision.key().node());
      if (position < 0) {
        throw new IOException("no changeset that was pulled names the " + revision.key());
      }
      append(transaction.manifests(), revision, position, 0);
      return;
    }
    int flags = 0;
    if (revision.substitute() instanceof CensoredRevision) {
      flags = Revlog.FLAG_CENSORED;
    } else if (revision.substitute() instanceof StoredElsewhere) {
      if (!keepsPointers) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED,
            "the " + revision.key() + " is stored elsewhere (lfs), which cannot be written");
      }
      flags = Revlog.FLAG_EXTERNAL;
    }
    Node linknode = revision.linknode();
    int position = linknode == null ? -1 : beside.find(linknode);
    // Of what came without one, hg only has to find that it is one of the batch.
    append(log(revision.key().path()), revision, position < 0 ? beside.next(0) : position, flags);
    added.add(revision.key().path(), revision.key().node());
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
      stored.forget(path);
    }
  }

  private void append(RevlogAppender log, PulledRevision revision, int position, int flags)
      throws IOException {
    int rank = beside.rank(position);
    reach = Math.max(reach, rank + 1);
    RevisionDelta delta = revision.delta();
    log.append(
        new NewRevision(
            revision.key().node(),
            revision.firstParent(),
            revision.secondParent(),
            stored.count() + rank,
            flags,
            ByteBuffer.wrap(revision.text().sharedBytes()),
            delta == null || flags != 0
                ? null
                : new NewRevision.KnownDelta(delta.base(), delta.bytes())));
  }

  /**
   * Appends the first changesets that are beside the repository, as drafts, and makes everything
   * show.
   *
   * @param count how many; at least {@link #reach}
   * @param markers obsolescence markers to add
   */
  void commit(int count, List<ByteString> markers, PhaseTable phases) throws IOException {
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
      RevlogAppender current = file;
      file = null;
      if (current != null) {
        current.discard();
      }
    }
  }
}
