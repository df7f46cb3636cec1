// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.RevisionRecord;
import org.jspecify.annotations.Nullable;

/** Pulls the manifests of batches of changesets that the sink has, and notes what they name. */
final class ManifestStep {
  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullListener listener;
  private final SplitRequests split;
  private final boolean haveParents;
  private final AddedFiles added;
  private final int batchSize;
  private long done;
  private long total;

  /**
   * Makes the step.
   *
   * @param haveParents whether the sink has the parents of all manifests that are pulled
   */
  ManifestStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullListener listener,
      SplitRequests split,
      boolean haveParents,
      int batchSize) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.listener = listener;
    this.split = split;
    this.haveParents = haveParents;
    this.added = new AddedFiles(sink, receiver.limits().comparisons());
    this.batchSize = batchSize;
  }

  void run(BatchManifests manifests) throws IOException {
    listener.stepStarted(Step.MANIFESTS);
    receiver.begin(manifests);
    List<Node> missing = manifests.missing();
    for (int from = 0; from < missing.size(); from += batchSize) {
      List<Node> batch = missing.subList(from, Math.min(missing.size(), from + batchSize));
      split.run(batch, this::request);
      for (Node node : batch) {
        if (!sink.has(RevisionKey.manifest(node))) {
          throw RevisionReceiver.invalid("it does not contain the requested manifest " + node);
        }
      }
    }
    manifests.files(added);
  }

  private void request(List<Node> nodes) throws IOException {
    ManifestdataRequest all = ManifestdataRequest.of(nodes, ManifestField.values());
    ManifestdataRequest request = haveParents ? all.havingParents() : all;
    try (RevisionStream<DataHeader, RevisionRecord> stream = peer.manifestdata(request)) {
      total += stream.header().totalItems();
      for (RevisionRecord record = stream.next(); record != null; record = stream.next()) {
        RevisionKey key = RevisionKey.manifest(record.node());
        if (haveParents) {
          requireParents(key, record.parents());
        }
        receiver.receive(
            stream,
            new RevisionReceiver.Description(
                key, record.parents(), record.deltaBase(), record.following()));
        listener.stepProgressed(Step.MANIFESTS, ++done, total);
      }
    }
  }

  private void requireParents(RevisionKey manifest, @Nullable Parents parents) throws IOException {
    for (Node parent : parents == null ? List.<Node>of() : parents.present()) {
      if (!sink.has(RevisionKey.manifest(parent))) {
        throw RevisionReceiver.invalid(
            "it contains the " + manifest + " before its parent " + parent);
      }
    }
  }
}
