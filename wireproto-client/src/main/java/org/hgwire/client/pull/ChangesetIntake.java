// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Takes the changesets of a bundle, those alone that the server shows.
 *
 * <p>A server that knows a changeset knows its ancestors. So the changesets wait in a {@link
 * ChangesetWindow}, its heads are asked for, and if the server knows all of them what waited is
 * verified and handed to the sink. A changeset that names others as its parents than it has does
 * not get through: its text does not have the hash of its node.
 */
final class ChangesetIntake implements BundleIntake {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final CommonSearch.Known known;
  private final BundleProgress progress;
  private final ChangesetWindow window;

  ChangesetIntake(
      PullSink sink,
      RevisionReceiver receiver,
      CommonSearch.Known known,
      BundleProgress progress,
      @Nullable Path directory)
      throws IOException {
    this.sink = sink;
    this.receiver = receiver;
    this.known = known;
    this.progress = progress;
    this.window = new ChangesetWindow(directory);
  }

  @Override
  public void take(BundleRevision revision) throws IOException {
    Node node = revision.header().node();
    RevisionKey key = RevisionKey.changeset(node);
    if (!revision.header().link().equals(node)) {
      throw new BundleException(
          BundleFault.DAMAGED,
          "The bundle says that the " + key + " came with another, " + revision.header().link());
    }
    if (window.has(node) || sink.has(key)) {
      progress.step();
      return;
    }
    for (Node parent : revision.header().parents().present()) {
      if (!window.has(parent) && !sink.has(RevisionKey.changeset(parent))) {
        throw BundleIntake.withoutParent(key, parent);
      }
    }
    window.add(revision);
    if (window.isFull()) {
      release();
    }
  }

  @Override
  public void end() throws IOException {
    release();
  }

  private void release() throws IOException {
    List<Node> heads = window.heads();
    for (int from = 0; from < heads.size(); from += CommonSearch.ASKED_AT_ONCE) {
      List<Node> asked =
          heads.subList(from, Math.min(heads.size(), from + CommonSearch.ASKED_AT_ONCE));
      int unknown = known.ask(asked).indexOf(false);
      if (unknown >= 0) {
        throw new BundleException(
            BundleFault.NOT_SHOWN,
            "The bundle holds changesets that the server does not show, as "
                + asked.get(unknown)
                + ".");
      }
    }
    window.release(
        (header, delta) -> {
          receiver.receive(RevisionKey.changeset(header.node()), header, null, delta);
          progress.step();
        });
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
