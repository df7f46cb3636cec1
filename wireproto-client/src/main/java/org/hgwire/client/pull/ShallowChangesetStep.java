// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicitDepth;

/**
 * Pulls the changesets that the discovery found missing, and some generations of their ancestors.
 *
 * <p>Which changesets are near enough is known from their children, which come after them. So all
 * of them are verified and wait in a {@link ChangesetWindow}; then those that are near go to the
 * sink. The text of the protocol counts revisions, and lets a server send more than was requested;
 * Mercurial counts generations, and so does this: one that is too far is ignored, one that is near
 * and did not come is an error.
 */
final class ShallowChangesetStep {
  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullOptions options;
  private final SplitRequests split;
  private long done;
  private long total;

  ShallowChangesetStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullOptions options,
      SplitRequests split) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.options = options;
    this.split = split;
  }

  void run(List<Node> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    options.listener().stepStarted(Step.CHANGESETS);
    try (ChangesetWindow window = new ChangesetWindow(options.directory())) {
      split.run(missing, heads -> request(heads, window));
      NearChangesets near = new NearChangesets(sink, window, options.part().depth());
      near.find(missing);
      near.release(
          (changeset, lacksParent) -> {
            receiver.deliver(changeset);
            if (lacksParent) {
              receiver.counts().lacksParent(changeset.key());
            }
          });
    }
  }

  private void request(List<Node> heads, ChangesetWindow window) throws IOException {
    ChangesetdataRequest request =
        ChangesetdataRequest.of(
            new ChangesetExplicitDepth(heads, options.part().depth()),
            ChangesetField.PARENTS,
            ChangesetField.REVISION);
    try (RevisionStream<DataHeader, ChangesetRecord> stream = peer.changesetdata(request)) {
      total += stream.header().totalItems();
      for (ChangesetRecord record = stream.next(); record != null; record = stream.next()) {
        RevisionKey key = RevisionKey.changeset(record.node());
        if (!record.following().isEmpty() && !window.has(record.node()) && !sink.has(key)) {
          add(stream, record, key, window);
        }
        options.listener().stepProgressed(Step.CHANGESETS, ++done, total);
      }
    }
  }

  private void add(
      RevisionStream<?, ?> stream, ChangesetRecord record, RevisionKey key, ChangesetWindow window)
      throws IOException {
    RevisionReceiver.Description description =
        new RevisionReceiver.Description(key, record.parents(), null, record.following());
    try (ResolvedText resolved = receiver.resolve(stream, description)) {
      if (resolved.text().length() > Integer.MAX_VALUE) {
        throw RevisionReceiver.invalid("the text of the " + key + " is longer than 2 GiB");
      }
      window.add(record.node(), description.requireParents(), resolved.text());
    }
  }
}
