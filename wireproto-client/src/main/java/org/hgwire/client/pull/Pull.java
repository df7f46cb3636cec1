// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Gets from a peer all that a sink does not have: changesets, manifests, file revisions, each
 * verified against its node before the sink gets it.
 *
 * <p>The first pull into a sink takes a clone bundle, if the server names one that can be used;
 * what is in it is verified like the rest, and it brings nothing that the server does not show. All
 * that is missing then is asked of the server.
 *
 * <p>All missing changesets come first; then, in batches of changesets, their manifests and files.
 * Where a pull is cut, what the sink has got is sound, and another pull goes on from there.
 * Bookmarks and phases come last, all of them, see {@link PullSink#stateReceived}.
 */
public final class Pull {
  /** A node in a request takes 21 bytes; this many leave room in a request of 4 MiB. */
  private static final int MOST_NODES = 100_000;

  private Pull() {}

  /** Pulls everything, with the default options. */
  public static PullSummary run(Peer peer, PullSink sink) throws IOException {
    return run(peer, sink, PullOptions.DEFAULT);
  }

  /**
   * Pulls everything.
   *
   * @throws org.hgwire.client.VerificationException if a text does not have the hash of its node,
   *     or the server left out a file revision to which a manifest refers
   * @throws org.hgwire.client.UnrelatedRepositoryException if the sink has changesets and none of
   *     them is the server's
   * @throws org.hgwire.client.PeerException if the server fails; a new pull into the same sink goes
   *     on from there
   * @throws IOException if the sink fails
   */
  public static PullSummary run(Peer peer, PullSink sink, PullOptions options) throws IOException {
    return run(peer, sink, options, CloneBundleStep.of(peer));
  }

  /** Pulls everything, with clone bundles from {@code downloads}. */
  static PullSummary run(
      Peer peer, PullSink sink, PullOptions options, CloneBundleStep.Downloads downloads)
      throws IOException {
    PullListener listener = options.listener();
    RevisionReceiver receiver = new RevisionReceiver(sink, options);
    CloneBundleReport bundles = new CloneBundleStep(peer, sink, receiver, options, downloads).run();
    listener.stepStarted(Step.DISCOVERY);
    Discovery discovery = Discovery.run(peer, sink);
    new ChangesetStep(peer, sink, receiver, listener).run(discovery);
    ManifestStep manifests =
        new ManifestStep(
            peer, sink, receiver, listener, batchSize(peer, ManifestdataRequest.COMMAND, options));
    FilesStep files = new FilesStep(peer, receiver, listener);
    FilesCheck check = new FilesCheck(sink);
    int batchSize = batchSize(peer, FilesdataRequest.COMMAND, options);
    List<Node> before = List.of();
    for (List<Node> batch = incomplete(sink, batchSize);
        !batch.isEmpty();
        batch = incomplete(sink, batchSize)) {
      if (batch.equals(before)) {
        throw new IllegalStateException("the sink takes no note of completed changesets");
      }
      manifests.run(batch);
      files.run(batch);
      for (Node changeset : batch) {
        check.requireFiles(changeset);
      }
      sink.changesetsCompleted(batch);
      before = batch;
    }
    deliver(discovery.state(), sink);
    return receiver.counts().summary().withCloneBundles(bundles);
  }

  /** Hands the state on, without what came into being at the server while the pull ran. */
  private static void deliver(@Nullable RepositoryState shown, PullSink sink) throws IOException {
    if (shown == null) {
      return;
    }
    Set<Node> absent = new HashSet<>();
    for (Node node : shown.nodes()) {
      if (!sink.has(RevisionKey.changeset(node))) {
        absent.add(node);
      }
    }
    RepositoryState state = shown.without(absent);
    if (!state.equals(sink.state())) {
      sink.stateReceived(state);
    }
  }

  /**
   * "clients needing to issue multiple commands to obtain needed data SHOULD construct their
   * commands to have this many revisions per request" (manifestdata, recommendedbatchsize).
   */
  private static int batchSize(Peer peer, String command, PullOptions options) {
    CommandDescriptor descriptor = peer.capabilities().command(command);
    long recommended =
        descriptor == null ? MOST_NODES : descriptor.recommendedBatchSize().orElse(MOST_NODES);
    long most = Math.min(options.batchSize(), MOST_NODES);
    return (int) (recommended < 0 ? most : Math.min(recommended, most));
  }

  private static List<Node> incomplete(PullSink sink, int most) throws IOException {
    List<Node> batch = new ArrayList<>();
    Iterator<Node> nodes = sink.incomplete().iterator();
    while (batch.size() < most && nodes.hasNext()) {
      batch.add(nodes.next());
    }
    return batch;
  }
}
