// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.BitSet;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** The changesets that a receiver lacks, parents first. */
final class MissingChangesets implements MissingRevisions {
  private final ChangesetIndex index;
  private final Outgoing outgoing;
  private final BitSet changesets;
  private int current = ChangesetIndex.NONE;

  MissingChangesets(ChangesetIndex index, Outgoing outgoing) {
    this.index = index;
    this.outgoing = outgoing;
    this.changesets = outgoing.changesets();
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    current = changesets.nextSetBit(current + 1);
    return current < 0 ? null : index.text(current);
  }

  @Override
  public int link() {
    return current;
  }

  @Override
  public boolean has(Node node) {
    int revision = index.revision(node);
    return revision != ChangesetIndex.NONE && revision < current && outgoing.reaches(revision);
  }

  @Override
  public @Nullable StoredRevision find(Node node) throws IOException {
    int revision = index.revision(node);
    return revision == ChangesetIndex.NONE ? null : index.text(revision);
  }
}
