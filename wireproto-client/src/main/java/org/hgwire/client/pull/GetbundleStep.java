// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RemovedChangesetException;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.TransportException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;
import org.jspecify.annotations.Nullable;

/**
 * Pulls what is missing over version 1 of the protocol: in one bundle, which the server makes; in
 * several, if the heads do not fit into one request. What the server is told to be common may then
 * be less than what is: what comes again is skipped.
 *
 * <p>Of a bundle with many changesets, these are read alone. Then, as after a pull that was cut,
 * their manifests and files are requested in slices, so that each of them completes changesets.
 *
 * <p>Bookmarks, phases and obsolescence markers come in the same bundle, or in one without
 * changesets if there are several, or none are missing.
 */
final class GetbundleStep {
  private static final String KEYS = "listkeys";

  /** Not a WireLimit: as many changesets as a server bundles in a minute or few. */
  private static final int MAX_SLICE = 10_000;

  /** What came of a request. */
  private enum Outcome {
    /** All that was requested. */
    WHOLE,
    /** The changesets alone. */
    CHANGESETS,
    /** Nothing: it has to have fewer nodes. */
    TOO_LARGE
  }

  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final SplitRequests split;
  private final ReceivedState state;
  private final GetbundleExchange exchange;
  private final int maxSlice;

  GetbundleStep(
      Peer peer,
      PullSink sink,
      RevisionReceiver receiver,
      PullOptions options,
      SplitRequests split) {
    this.peer = peer;
    this.sink = sink;
    this.receiver = receiver;
    this.split = split;
    this.state = new ReceivedState(sink);
    this.exchange = new GetbundleExchange(peer, receiver, state, options, split);
    this.maxSlice = Math.min(options.batchSize(), MAX_SLICE);
  }

  /** Returns whether the server sends bookmarks and phases in its bundles. */
  static boolean sendsState(Peer peer) {
    BundleCapabilities capabilities = peer.bundleCapabilities();
    return capabilities != null && capabilities.has(KEYS);
  }

  /**
   * Pulls what {@code discovery} found missing, and the state.
   *
   * @param wanted whose obsolescence markers are wanted if none are missing; empty for all
   * @return heads, bookmarks and phases; null if the server does not send them
   * @throws VerificationException if a hash is wrong, or the bundle lacks what its changesets name
   * @throws RemovedChangesetException if the server lost a changeset since it was discovered
   * @throws PeerProtocolException if the bundle cannot be read or applied for another reason
   */
  @Nullable RepositoryState run(Discovery discovery, List<Node> wanted) throws IOException {
    List<Node> common = new ArrayList<>(discovery.common());
    completeInSlices(common);
    List<Node> missing = new ArrayList<>();
    for (Node head : discovery.missing()) {
      if (!sink.has(RevisionKey.changeset(head))) {
        missing.add(head);
      }
    }
    boolean sendsState = sendsState(peer);
    int from = 0;
    while (from < missing.size()) {
      int count = Math.min(missing.size() - from, split.max());
      List<Node> heads = missing.subList(from, from + count);
      boolean withState = sendsState && count == missing.size();
      Outcome outcome = request(common, heads, withState, sink, maxSlice);
      IncompleteSlice left = IncompleteSlice.of(sink, 1);
      if (outcome == Outcome.WHOLE && !left.isEmpty()) {
        requireComplete(left);
      }
      completeInSlices(common);
      if (outcome != Outcome.TOO_LARGE) {
        common.addAll(heads);
        from += count;
      }
    }
    if (!sendsState) {
      return discovery.state();
    }
    RepositoryState received = state.read(discovery.heads());
    if (received == null) {
      state.begin();
      exchange.run(of(List.of(), wanted, false, true), sink, 0);
      received = state.read(discovery.heads());
    }
    if (received == null) {
      throw RevisionReceiver.invalid("it does not contain the bookmarks and phases");
    }
    return received;
  }

  /**
   * Requests manifests and files of the changesets that the sink has without them. A slice whose
   * response is cut is halved: servers, and proxies before them, end a response that is not read
   * for a while, as when this machine is slow to compare its manifests.
   */
  private void completeInSlices(List<Node> common) throws IOException {
    int max = maxSlice;
    IncompleteSlice slice = IncompleteSlice.of(sink, max);
    while (!slice.isEmpty()) {
      List<Node> heads = slice.sliceHeads();
      if (heads.size() > split.max()) {
        max = Math.max(1, max / 2);
      } else {
        PullCounts before = receiver.counts().copy();
        try {
          if (request(common, heads, false, slice, Integer.MAX_VALUE) == Outcome.WHOLE) {
            requireComplete(slice);
            common.addAll(heads);
          }
        } catch (TransportException cut) {
          int count = slice.changesets().size();
          boolean began = receiver.counts().summary().manifests() > before.summary().manifests();
          if (count == 1 || !began || peer.options().retries().attempts() == 1) {
            throw cut;
          }
          sink.abandoned();
          if (!slice.hasBegun()) {
            receiver.counts().restore(before);
          }
          max = count / 2;
        }
      }
      slice = IncompleteSlice.of(sink, max);
    }
  }

  private Outcome request(
      List<Node> common, List<Node> heads, boolean withState, PullSink target, int maxChangesets)
      throws IOException {
    List<Node> last = common.subList(Math.max(0, common.size() - split.max()), common.size());
    state.begin();
    try {
      return exchange.run(of(last, heads, true, withState), target, maxChangesets)
          ? Outcome.WHOLE
          : Outcome.CHANGESETS;
    } catch (RequestTooLargeException e) {
      split.halve(Math.max(heads.size(), last.size()), e);
      return Outcome.TOO_LARGE;
    }
  }

  /** Returns whether the sink got obsolescence markers. */
  boolean gotMarkers() {
    return state.gotMarkers();
  }

  private static GetbundleRequest of(
      List<Node> common, List<Node> heads, boolean changesets, boolean state) {
    return new GetbundleRequest(
        common, heads, changesets, state ? ReceivedState.NAMESPACES : List.of(), state);
  }

  /** Throws if the first changeset of a slice is still incomplete. */
  private void requireComplete(IncompleteSlice slice) throws IOException {
    List<Node> left = IncompleteSlice.of(sink, 1).changesets();
    if (!left.isEmpty() && left.get(0).equals(slice.changesets().get(0))) {
      throw new VerificationException(
          left.get(0),
          "The server omitted the manifest or files of changeset "
              + left.get(0)
              + "; report this to the server's administrator.",
          null);
    }
  }
}
