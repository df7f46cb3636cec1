// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Copies from a peer everything, or everything that is wanted, that a sink does not have:
 * changesets, manifests and file revisions, each verified against its node before the sink gets it.
 *
 * <p>The first pull into a sink applies a clone bundle, if the server names one that can be used.
 * Its revisions are verified like all others, and it adds nothing that the server does not show.
 * Everything that is still missing is then requested from the server.
 *
 * <p>Over version 1 of the protocol, all that is missing comes in one bundle, bookmarks, phases and
 * obsolescence markers included, and a pull that was interrupted asks again for changesets whose
 * manifests or files did not come. Over version 2, all missing changesets come first; then, in
 * batches of changesets, their manifests and files. If a pull is interrupted, everything in the
 * sink is valid, and the next pull resumes there. Bookmarks and phases come last, all of them; see
 * {@link PullSink#stateReceived}.
 *
 * <p>Over version 2 a pull can get a part of a repository: the files of some paths, the newest
 * changesets, or both ({@link PullOptions#withPaths}, {@link PullOptions#withDepth}). Nothing of it
 * is missing silently; {@link PartReport} says how far that goes.
 */
public final class Pull {
  /** A node takes 21 bytes: this many stay below the 4 MiB that servers accept by default. */
  private static final int MAX_NODES = 100_000;

  private Pull() {}

  /** Pulls everything, with the default options. */
  public static PullSummary run(Peer peer, PullSink sink) throws IOException {
    return run(peer, sink, PullOptions.DEFAULT);
  }

  /**
   * Pulls everything, or what {@link PullOptions#wanted} says.
   *
   * @throws org.hgwire.client.sink.PartRefusedException if the sink does not take the part that
   *     {@link PullOptions#part} says
   * @throws org.hgwire.client.UnavailableCommandException if the server, or the version of the
   *     protocol that is spoken, does not send parts
   * @throws org.hgwire.client.UnknownNameException if the server has no revision or bookmark of a
   *     name that is wanted
   * @throws org.hgwire.client.VerificationException if the hash of a text is not its node, or the
   *     server omitted a file revision to which a manifest refers
   * @throws org.hgwire.client.RefusedHistoryException if the repository has tree manifests, or
   *     paths that lead out of it
   * @throws org.hgwire.client.UnrelatedRepositoryException if the sink has changesets and the
   *     server knows none of them
   * @throws org.hgwire.client.RemovedChangesetException if the server does not show a changeset any
   *     more that it showed before
   * @throws org.hgwire.client.PeerException if the server fails; another pull into the same sink
   *     resumes there
   * @throws IOException if the sink fails
   */
  public static PullSummary run(Peer peer, PullSink sink, PullOptions options) throws IOException {
    return run(peer, sink, options, CloneBundleStep.of(peer));
  }

  /** Pulls everything, with clone bundles from {@code downloads}. */
  static PullSummary run(
      Peer peer, PullSink given, PullOptions options, CloneBundleStep.Downloads downloads)
      throws IOException {
    RepositoryPart part = options.part();
    PartCheck.requireTaken(given, part);
    PartCheck.requireSent(peer, part);
    ShallowSink shallow = part.hasAllGenerations() ? null : new ShallowSink(given);
    PullSink sink = shallow == null ? given : shallow;
    PullListener listener = options.listener();
    PullLimits limits = PullLimits.of(peer.options().limits(), peer::bytesReceived);
    RevisionReceiver receiver = new RevisionReceiver(sink, options, limits);
    SplitRequests split = new SplitRequests(peer);
    CloneBundleReport bundles =
        new CloneBundleStep(peer, sink, receiver, options, split, downloads).run();
    listener.stepStarted(Step.DISCOVERY);
    WantedChangesets wanted = WantedChangesets.of(peer, options.wanted());
    LeftChangesets.check(peer, sink, split);
    if (wanted != null) {
      wanted.forgetOthers(sink);
    }
    RepositoryState state;
    boolean gotMarkers = false;
    if (peer.version() == ProtocolVersion.VERSION_1) {
      boolean asksForState = !GetbundleStep.sendsState(peer);
      Discovery discovery =
          Discovery.run(peer, new CompleteChangesets(sink), split, wanted, asksForState);
      GetbundleStep step = new GetbundleStep(peer, sink, receiver, options, split);
      state = step.run(discovery, wanted == null ? List.of() : wanted.heads());
      gotMarkers = step.gotMarkers();
    } else {
      Discovery discovery = Discovery.run(peer, sink, split, wanted, true);
      state = discovery.state();
      if (shallow == null) {
        new ChangesetStep(peer, sink, receiver, listener, split).run(discovery);
        pullRevisions(peer, sink, receiver, options, split, changeset -> false);
      } else {
        new ShallowChangesetStep(peer, sink, receiver, options, split).run(discovery.missing());
        pullRevisions(peer, sink, receiver, options, split, shallow::lacksParent);
        state = state == null ? null : new ShallowPhases(peer, shallow, split).of(state);
      }
    }
    deliver(wanted == null || state == null ? state : wanted.of(state), gotMarkers, sink);
    PullCounts counts = receiver.counts();
    return counts.summary().withCloneBundles(bundles).withPart(counts.report(part));
  }

  /** Pulls the manifests and files of all changesets that are incomplete. */
  private static void pullRevisions(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullOptions options,
      SplitRequests split,
      FilesStep.Orphans orphans)
      throws IOException {
    RepositoryPart part = options.part();
    PullListener listener = options.listener();
    ManifestStep manifests =
        new ManifestStep(
            peer,
            sink,
            receiver,
            listener,
            split,
            part.hasAllGenerations(),
            batchSize(peer, ManifestdataRequest.COMMAND, options));
    FilesStep files = new FilesStep(peer, receiver, options, split, orphans);
    FilesCheck check =
        new FilesCheck(sink, new SingleFiles(peer, receiver, split), receiver.limits());
    int batchSize = batchSize(peer, FilesdataRequest.COMMAND, options);
    List<Node> before = List.of();
    for (List<Node> batch = incomplete(sink, batchSize);
        !batch.isEmpty();
        batch = incomplete(sink, batchSize)) {
      if (batch.equals(before)) {
        throw new IOException(
            "The sink did not keep changesets that were completed, such as " + batch.get(0) + ".");
      }
      BatchManifests named = new BatchManifests(sink, batch, part.paths());
      manifests.run(named);
      files.run(batch);
      check.requireFiles(named);
      sink.changesetsCompleted(batch);
      before = batch;
    }
  }

  /** Passes the state to the sink, without changesets that the server got while the pull ran. */
  private static void deliver(@Nullable RepositoryState shown, boolean gotMarkers, PullSink sink)
      throws IOException {
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
    if (gotMarkers || !state.equals(sink.state())) {
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
        descriptor == null ? MAX_NODES : descriptor.recommendedBatchSize().orElse(MAX_NODES);
    long max = Math.min(options.batchSize(), MAX_NODES);
    return (int) (recommended < 0 ? max : Math.min(recommended, max));
  }

  private static List<Node> incomplete(PullSink sink, int max) throws IOException {
    List<Node> batch = new ArrayList<>();
    Iterator<Node> nodes = sink.incomplete().iterator();
    while (batch.size() < max && nodes.hasNext()) {
      batch.add(nodes.next());
    }
    return batch;
  }
}
