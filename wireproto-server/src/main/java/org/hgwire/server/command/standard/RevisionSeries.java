// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * Revisions of one store as objects of a response: for each a record, followed by its text or a
 * delta.
 *
 * <p>In memory are the nodes that were sent, one delta of at most 256 KiB, and two texts while a
 * delta is computed; texts above the limit are only streamed. A text is opened only if it is sent
 * or a delta is computed from it. The last one that was read (a likely base of the next) is kept as
 * long as there is memory.
 */
final class RevisionSeries {
  /**
   * What is sent of each revision.
   *
   * @param parents whether its parents are sent
   * @param link whether its linknode is sent
   * @param data whether its text or a delta is sent
   * @param haveParents whether the client has the parents of all requested revisions
   * @param wholeLines whether deltas replace whole lines, as those of manifests must
   * @param maxDeltaText the size, in bytes, of the longest text for which a delta is computed
   */
  record Options(
      boolean parents,
      boolean link,
      boolean data,
      boolean haveParents,
      boolean wholeLines,
      int maxDeltaText) {
    static Options ofFiles(Set<FileField> fields, boolean haveParents, CommandSettings settings) {
      return new Options(
          fields.contains(FileField.PARENTS),
          fields.contains(FileField.LINKNODE),
          fields.contains(FileField.REVISION),
          haveParents,
          false,
          settings.maxDeltaText());
    }

    static Options ofManifests(
        Set<ManifestField> fields, boolean haveParents, CommandSettings settings) {
      return new Options(
          fields.contains(ManifestField.PARENTS),
          false,
          fields.contains(ManifestField.REVISION),
          haveParents,
          true,
          settings.maxDeltaText());
    }
  }

  /** Longer texts are streamed: a slow client must not keep them in memory. */
  private static final int MAX_TEXT_IN_MEMORY = 16 * 1024;

  /** For a longer delta the text is streamed, for the same reason. */
  private static final int MAX_DELTA_IN_MEMORY = 256 * 1024;

  private final ChangesetIndex index;
  private final RevisionStore store;
  private final ServedRevisions left;
  private final Options options;
  private final Set<Node> sent = new HashSet<>();
  private @Nullable ResponseObject following;
  private @Nullable ServedRevision upcoming;
  private Node lastNode = Node.NULL;
  private SoftReference<ByteString> lastText = new SoftReference<>(null);

  RevisionSeries(
      ChangesetIndex index, RevisionStore store, ServedRevisions revisions, Options options)
      throws IOException {
    this.index = index;
    this.store = store;
    this.left = revisions;
    this.options = options;
    this.upcoming = revisions.next();
  }

  @Nullable ResponseObject next() throws IOException {
    ResponseObject data = following;
    if (data != null) {
      following = null;
      return data;
    }
    ServedRevision current = upcoming;
    if (current == null) {
      return null;
    }
    upcoming = left.next();
    return record(current);
  }

  private ResponseObject record(ServedRevision served) throws IOException {
    StoredRevision revision = served.revision();
    Node base = null;
    FollowingField field = null;
    if (options.data()) {
      StoredDelta delta = delta(revision);
      if (delta != null) {
        base = delta.base();
        field = new FollowingField(FollowingField.DELTA, delta.hunks().length());
        following = new ResponseObject.Value(new CborBytes(delta.hunks()));
      } else {
        field = new FollowingField(FollowingField.REVISION, revision.size());
        following =
            revision.size() <= MAX_TEXT_IN_MEMORY
                ? new ResponseObject.Value(new CborBytes(text(revision)))
                : new ResponseObject.DefiniteBytes(revision.size(), revision.open());
      }
      sent.add(revision.node());
      if (upcoming == null) {
        lastText.clear();
      }
    }
    return new ResponseObject.Value(
        new RevisionRecord(
                revision.node(),
                options.parents() ? new Parents(revision.parent1(), revision.parent2()) : null,
                options.link() ? index.node(served.link()) : null,
                base,
                field == null ? List.of() : List.of(field))
            .toCbor());
  }

  private @Nullable StoredDelta delta(StoredRevision revision) throws IOException {
    StoredDelta stored = revision.delta();
    if (stored != null && isShort(stored, revision) && isUsable(stored.base(), revision)) {
      return stored;
    }
    if (!isHeld(revision)) {
      return null;
    }
    for (Node parent : new Node[] {revision.parent1(), revision.parent2()}) {
      if (!parent.isNull() && isUsable(parent, revision)) {
        StoredRevision base = store.find(parent);
        if (base != null && isHeld(base)) {
          StoredDelta delta = new StoredDelta(parent, hunks(read(base), text(revision)));
          if (isWorthwhile(delta, revision)) {
            return delta;
          }
        }
      }
    }
    return null;
  }

  private ByteString hunks(ByteString base, ByteString text) {
    return options.wholeLines() ? Delta.betweenLines(base, text) : Delta.between(base, text);
  }

  /** A stored delta costs nothing to make, so it is sent unless the text is shorter. */
  private static boolean isShort(StoredDelta delta, StoredRevision revision) {
    long length = delta.hunks().length();
    return length <= MAX_DELTA_IN_MEMORY && length <= revision.size();
  }

  /** When both texts are at hand, a delta is worth applying only if it saves a quarter. */
  private static boolean isWorthwhile(StoredDelta delta, StoredRevision revision) {
    return isShort(delta, revision) && delta.hunks().length() * 4L <= revision.size() * 3L;
  }

  /**
   * "If set, the server may emit revision data as deltas against any parent revision. If not set,
   * the server MUST only emit deltas for revisions previously emitted by this command."
   */
  private boolean isUsable(Node base, StoredRevision revision) {
    return sent.contains(base)
        || (options.haveParents()
            && (base.equals(revision.parent1()) || base.equals(revision.parent2())));
  }

  private boolean isHeld(StoredRevision revision) {
    return revision.size() <= options.maxDeltaText();
  }

  /** Returns the text of a revision, and keeps it: the next revisions may be deltas against it. */
  private ByteString text(StoredRevision revision) throws IOException {
    ByteString text = read(revision);
    lastText = new SoftReference<>(text);
    lastNode = revision.node();
    return text;
  }

  private ByteString read(StoredRevision revision) throws IOException {
    ByteString kept = revision.node().equals(lastNode) ? lastText.get() : null;
    if (kept != null) {
      return kept;
    }
    try (InputStream input = revision.open()) {
      int size = (int) revision.size();
      byte[] bytes = input.readNBytes(size);
      if (bytes.length != size || input.read() >= 0) {
        throw new IOException(
            "the text of " + revision.node() + " does not have the declared " + size + " bytes");
      }
      return ByteString.copyOf(bytes);
    }
  }
}
