// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.TrackedPath;

/**
 * Receives the file revisions of a bundle, which manifests in the sink must name; and reports at
 * its end, also after a failure, which changesets are complete.
 */
final class FileIntake implements BundleIntake {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final BundleOrigin origin;
  private final BundleProgress progress;
  private final BatchManifests batch;
  private final AddedFiles added;
  private final NamedFiles named;

  /** The path that was checked last. */
  private ByteString checked = ByteString.empty();

  FileIntake(
      PullSink sink,
      RevisionReceiver receiver,
      BatchManifests batch,
      BundleOrigin origin,
      PullOptions options)
      throws IOException {
    this.sink = sink;
    this.receiver = receiver;
    this.origin = origin;
    this.batch = batch;
    this.added = new AddedFiles(sink, receiver.limits().comparisons());
    this.named = batch.files(added);
    this.progress = new BundleProgress(options.listener(), RevisionKind.FILE, named.count());
  }

  @Override
  public void take(BundleRevision revision) throws IOException {
    requirePath(revision.path());
    RevisionKey key = RevisionKey.file(revision.path(), revision.header().node());
    if (sink.has(key)) {
      return;
    }
    if (named.manifestOf(key) < 0) {
      throw BundleIntake.notNamed(key, "which no manifest names");
    }
    for (Node parent : revision.header().parents().present()) {
      if (!sink.has(RevisionKey.file(key.path(), parent))) {
        throw BundleIntake.withoutParent(key, parent);
      }
    }
    receiver.receive(key, revision, origin);
    named.remove(key);
    progress.step();
  }

  private void requirePath(ByteString path) throws BundleException {
    if (path.equals(checked)) {
      return;
    }
    String fault = TrackedPath.fault(path);
    if (fault != null) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The bundle contains a file whose path " + path + " " + fault + ".");
    }
    checked = path;
  }

  @Override
  public void end() throws IOException {
    LackingChangesets lacking = batch.isComplete(added) ? null : new LackingChangesets(sink, added);
    Set<Node> open = new TreeSet<>();
    List<Node> complete = new ArrayList<>();
    for (Node changeset : sink.incomplete()) {
      boolean isOpen = lacking != null && lacking.has(changeset);
      for (Node parent : sink.parents(changeset)) {
        isOpen |= open.contains(parent);
      }
      if (isOpen) {
        open.add(changeset);
      } else {
        complete.add(changeset);
      }
    }
    if (!complete.isEmpty()) {
      sink.changesetsCompleted(complete);
    }
  }

  @Override
  public void close() {}
}
