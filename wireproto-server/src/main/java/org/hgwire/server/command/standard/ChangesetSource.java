// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.Phase;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code changesetdata}: a header, the requested changesets, parents first, and
 * then updates of others: their bookmarks, and the phase of those that are public.
 */
final class ChangesetSource implements ObjectSource {
  /** Longer texts are streamed. */
  private static final int MAX_TEXT_IN_MEMORY = 1 << 16;

  private final RequestView view;
  private final ChangesetIndex index;
  private final Set<ChangesetField> fields;
  private final BitSet requested;
  private final ChangesetUpdates updates;
  private final BitSet updated;
  private boolean started;
  private int last = -1;
  private int lastUpdate = -1;
  private @Nullable ResponseObject following;

  ChangesetSource(
      RequestView view, Set<ChangesetField> fields, BitSet requested, ChangesetUpdates updates) {
    this.view = view;
    this.index = view.index();
    this.fields = fields;
    this.requested = requested;
    this.updates = updates;
    this.updated = updates.changesets();
    this.updated.andNot(requested);
  }

  @Override
  public @Nullable ResponseObject next() throws IOException {
    if (!started) {
      started = true;
      // "This maps to the set of revisions in the requested node range, not the total number of
      // records that follow"
      return new ResponseObject.Value(new DataHeader(requested.cardinality()).toCbor());
    }
    ResponseObject data = following;
    if (data != null) {
      following = null;
      return data;
    }
    int revision = requested.nextSetBit(last + 1);
    if (revision >= 0) {
      last = revision;
      return record(revision);
    }
    last = index.count();
    int update = updated.nextSetBit(lastUpdate + 1);
    lastUpdate = update < 0 ? index.count() : update;
    return update < 0 ? null : update(update);
  }

  private ResponseObject record(int revision) throws IOException {
    FollowingField field = null;
    if (fields.contains(ChangesetField.REVISION)) {
      StoredRevision text = index.text(revision);
      field = new FollowingField(FollowingField.REVISION, text.size());
      following = text(text);
    }
    return value(
        new ChangesetRecord(
            index.node(revision),
            fields.contains(ChangesetField.PARENTS)
                ? new Parents(node(index.parent1(revision)), node(index.parent2(revision)))
                : null,
            fields.contains(ChangesetField.PHASE) ? phase(revision) : null,
            updates.bookmarks().getOrDefault(revision, List.of()),
            field == null ? List.of() : List.of(field)));
  }

  private ResponseObject update(int revision) {
    return value(
        new ChangesetRecord(
            index.node(revision),
            null,
            updates.published().get(revision) ? Phase.PUBLIC : null,
            updates.bookmarks().getOrDefault(revision, List.of()),
            List.of()));
  }

  private static ResponseObject value(ChangesetRecord record) {
    return new ResponseObject.Value(record.toCbor());
  }

  /** Changesets that are pulled from a publishing repository become public. */
  private Phase phase(int revision) {
    return view.snapshot().publishing() ? Phase.PUBLIC : index.phase(revision);
  }

  private Node node(int revision) {
    return revision == ChangesetIndex.NONE ? Node.NULL : index.node(revision);
  }

  private static ResponseObject text(StoredRevision text) throws IOException {
    if (text.size() > MAX_TEXT_IN_MEMORY) {
      return new ResponseObject.DefiniteBytes(text.size(), text.open());
    }
    try (InputStream input = text.open()) {
      byte[] bytes = input.readNBytes((int) text.size());
      if (bytes.length != text.size() || input.read() >= 0) {
        throw new IOException(
            "the text of changeset " + text.node() + " does not have " + text.size() + " bytes");
      }
      return new ResponseObject.Value(new CborBytes(ByteString.copyOf(bytes)));
    }
  }

  @Override
  public void close() {
    // PreparedSource closes the view
  }
}
