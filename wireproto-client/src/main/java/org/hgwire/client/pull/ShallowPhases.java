// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RevisionSpecifier;

/**
 * The phases of changesets that descend from drafts which a sink does not have. If there may be
 * such ones, the server is asked for the phases of the changesets that lack parents: those that are
 * drafts are draft roots of the sink.
 */
final class ShallowPhases {
  private final Peer peer;
  private final ShallowSink sink;
  private final SplitRequests split;
  private final Set<Node> drafts = new HashSet<>();

  ShallowPhases(Peer peer, ShallowSink sink, SplitRequests split) {
    this.peer = peer;
    this.sink = sink;
    this.split = split;
  }

  /** Returns {@code shown} with the draft roots that the sink has because of its depth. */
  RepositoryState of(RepositoryState shown) throws IOException {
    if (shown.publishing() || shown.draftRoots().isEmpty()) {
      return shown;
    }
    List<Node> first = sink.withoutParent();
    List<Boolean> known = split.known(peer, first);
    List<Node> asked = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      if (known.get(i)) {
        asked.add(first.get(i));
      }
    }
    drafts.addAll(shown.draftRoots());
    split.run(asked, this::request);
    return new RepositoryState(
        shown.heads(), shown.bookmarks(), false, drafts, shown.wantedBookmarks());
  }

  private void request(List<Node> changesets) throws IOException {
    Set<Node> asked = ComparableKeys.setOf(changesets);
    ChangesetdataRequest request =
        ChangesetdataRequest.of(RevisionSpecifier.changesets(changesets), ChangesetField.PHASE);
    try (RevisionStream<DataHeader, ChangesetRecord> stream = peer.changesetdata(request)) {
      for (ChangesetRecord record = stream.next(); record != null; record = stream.next()) {
        if (record.phase() == Phase.DRAFT && asked.contains(record.node())) {
          drafts.add(record.node());
        }
      }
    }
  }
}
