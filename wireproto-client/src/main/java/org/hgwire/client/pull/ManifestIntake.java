// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.core.command.Node;

/** Receives the manifests of a bundle, which changesets in the sink must name. */
final class ManifestIntake implements BundleIntake {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final BundleProgress progress;
  private final BatchManifests batch;

  ManifestIntake(
      PullSink sink, RevisionReceiver receiver, BatchManifests batch, PullListener listener)
      throws IOException {
    this.sink = sink;
    this.receiver = receiver;
    this.batch = batch;
    this.progress = new BundleProgress(listener, RevisionKind.MANIFEST, batch.missing().size());
  }

  @Override
  public void take(BundleRevision revision) throws IOException {
    RevisionKey key = RevisionKey.manifest(revision.header().node());
    if (sink.has(key)) {
      return;
    }
    if (batch.number(key.node()) < 0) {
      throw BundleIntake.notNamed(key, "which no changeset names");
    }
    if (!sink.has(RevisionKey.changeset(revision.header().link()))) {
      throw BundleIntake.notNamed(
          key, "which it links to the unknown changeset " + revision.header().link());
    }
    for (Node parent : revision.header().parents().present()) {
      if (!sink.has(RevisionKey.manifest(parent))) {
        throw BundleIntake.withoutParent(key, parent);
      }
    }
    receiver.receive(key, revision);
    progress.step();
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
