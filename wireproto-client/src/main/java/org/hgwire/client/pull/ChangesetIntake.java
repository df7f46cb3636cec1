// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Receives the changesets of a bundle, as far as its origin has them.
 *
 * <p>An origin that has a changeset has its ancestors. So the changesets are verified, which proves
 * their parents, and wait in a {@link ChangesetWindow}. Then the origin is asked for the heads of
 * the window; if it has all of them, the changesets go to the sink.
 */
final class ChangesetIntake implements BundleIntake {
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final BundleOrigin origin;
  private final BundleProgress progress;
  private final PullOptions options;
  private final TextResolver resolver;
  private ChangesetWindow window;

  ChangesetIntake(
      PullSink sink,
      RevisionReceiver receiver,
      BundleOrigin origin,
      BundleProgress progress,
      PullOptions options)
      throws IOException {
    this.sink = sink;
    this.receiver = receiver;
    this.origin = origin;
    this.progress = progress;
    this.options = options;
    this.resolver = new TextResolver(this::open, options, receiver.limits());
    this.window = new ChangesetWindow(options.directory());
  }

  private @Nullable RevisionText open(RevisionKey key) throws IOException {
    RevisionText waiting = window.open(key.node());
    return waiting == null ? sink.open(key) : waiting;
  }

  @Override
  public void take(BundleRevision revision) throws IOException {
    DeltaHeader header = revision.header();
    RevisionKey key = RevisionKey.changeset(header.node());
    if (!header.link().equals(header.node())) {
      throw new BundleException(
          BundleFault.DAMAGED,
          "The bundle names another changeset for the " + key + ": " + header.link() + ".");
    }
    progress.step();
    if (window.has(header.node()) || sink.has(key)) {
      return;
    }
    for (Node parent : header.parents().present()) {
      if (!window.has(parent) && !sink.has(RevisionKey.changeset(parent))) {
        throw BundleIntake.withoutParent(key, parent);
      }
    }
    try (ResolvedText resolved = BundleIntake.text(resolver, key, revision)) {
      window.add(header.node(), header.parents(), resolved.text());
    }
    if (window.count() >= origin.maxWaiting() || window.bytes() >= origin.maxWaitingBytes()) {
      release();
      window.close();
      window = new ChangesetWindow(options.directory());
    }
  }

  @Override
  public void end() throws IOException {
    release();
  }

  private void release() throws IOException {
    List<Node> heads = window.heads();
    for (int from = 0; from < heads.size(); from += CommonSearch.MAX_NODES) {
      List<Node> asked = heads.subList(from, Math.min(heads.size(), from + CommonSearch.MAX_NODES));
      int foreign = origin.has(asked).indexOf(false);
      if (foreign >= 0) {
        throw origin.refused(asked.get(foreign));
      }
    }
    window.release(receiver::deliver);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
