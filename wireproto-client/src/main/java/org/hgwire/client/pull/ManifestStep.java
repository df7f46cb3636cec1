// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionRecord;

/** Pulls the manifests of changesets that the sink has. */
final class ManifestStep {
  private final Peer peer;
  private final PullSink sink;
  private final ChangesetManifests manifests;
  private final RevisionReceiver receiver;
  private final PullListener listener;
  private final SplitRequests split;
  private final int batchSize;
  private long done;
  private long total;

  ManifestStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullListener listener,
      SplitRequests split,
      int batchSize) {
    this.peer = peer;
    this.sink = sink;
    this.manifests = new ChangesetManifests(sink);
    this.receiver = receiver;
    this.listener = listener;
    this.split = split;
    this.batchSize = batchSize;
  }

  void run(List<Node> changesets) throws IOException {
    listener.stepStarted(Step.MANIFESTS);
    List<Node> missing = new ArrayList<>(missing(changesets));
    for (int from = 0; from < missing.size(); from += batchSize) {
      List<Node> batch = missing.subList(from, Math.min(missing.size(), from + batchSize));
      split.run(batch, this::request);
      for (Node node : batch) {
        if (!sink.has(RevisionKey.manifest(node))) {
          throw RevisionReceiver.invalid("it does not contain the requested manifest " + node);
        }
      }
    }
  }

  /** Returns the manifests of {@code changesets} that the sink does not have, in their order. */
  private Set<Node> missing(List<Node> changesets) throws IOException {
    Set<Node> missing = new LinkedHashSet<>();
    for (Node changeset : changesets) {
      Node manifest = manifests.of(changeset);
      if (!manifest.isNull() && !sink.has(RevisionKey.manifest(manifest))) {
        missing.add(manifest);
      }
    }
    return missing;
  }

  private void request(List<Node> nodes) throws IOException {
    ManifestdataRequest request =
        ManifestdataRequest.of(nodes, ManifestField.values()).havingParents();
    try (RevisionStream<DataHeader, RevisionRecord> stream = peer.manifestdata(request)) {
      total += stream.header().totalItems();
      for (RevisionRecord record = stream.next(); record != null; record = stream.next()) {
        receiver.receive(
            stream,
            new RevisionReceiver.Description(
                RevisionKey.manifest(record.node()),
                record.parents(),
                record.deltaBase(),
                null,
                record.following()));
        listener.stepProgressed(Step.MANIFESTS, ++done, total);
      }
    }
  }
}
