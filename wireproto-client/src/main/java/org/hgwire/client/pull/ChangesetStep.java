// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.RevisionSpecifier;

/** Pulls the changesets that the discovery found missing. */
final class ChangesetStep {
  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullListener listener;
  private final SplitRequests split;
  private long done;
  private long total;

  ChangesetStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullListener listener,
      SplitRequests split) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.listener = listener;
    this.split = split;
  }

  void run(Discovery discovery) throws IOException {
    if (discovery.missing().isEmpty()) {
      return;
    }
    listener.stepStarted(Step.CHANGESETS);
    List<Node> roots = new ArrayList<>(discovery.common());
    int from = 0;
    while (from < discovery.missing().size()) {
      int max = split.max();
      // Without some roots the server sends more than is missing, which is skipped.
      List<Node> sentRoots = roots.subList(0, Math.min(roots.size(), max / 2));
      int count = Math.min(Math.max(1, max - sentRoots.size()), discovery.missing().size() - from);
      List<Node> heads = discovery.missing().subList(from, from + count);
      try {
        request(sentRoots, heads);
        roots.addAll(heads);
        from += count;
      } catch (RequestTooLargeException e) {
        split.halve(sentRoots.size() + count, e);
      }
    }
    for (Node head : discovery.missing()) {
      if (!sink.has(RevisionKey.changeset(head))) {
        throw RevisionReceiver.invalid("it does not contain the requested changeset " + head);
      }
    }
  }

  private void request(List<Node> roots, List<Node> heads) throws IOException {
    ChangesetdataRequest request =
        ChangesetdataRequest.of(
            RevisionSpecifier.range(roots, heads), ChangesetField.PARENTS, ChangesetField.REVISION);
    try (RevisionStream<DataHeader, ChangesetRecord> stream = peer.changesetdata(request)) {
      total += stream.header().totalItems();
      for (ChangesetRecord record = stream.next(); record != null; record = stream.next()) {
        receive(stream, record);
        listener.stepProgressed(Step.CHANGESETS, ++done, total);
      }
    }
  }

  private void receive(RevisionStream<?, ?> stream, ChangesetRecord record) throws IOException {
    RevisionKey key = RevisionKey.changeset(record.node());
    // "The set of changeset revisions emitted may not match the exact set of changesets requested."
    if (sink.has(key) || record.following().isEmpty()) {
      return;
    }
    Parents parents = record.parents();
    for (Node parent : parents == null ? List.<Node>of() : parents.present()) {
      if (!sink.has(RevisionKey.changeset(parent))) {
        throw RevisionReceiver.invalid("it contains the " + key + " before its parent " + parent);
      }
    }
    receiver.receive(
        stream, new RevisionReceiver.Description(key, parents, null, record.following()));
  }
}
