// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.HttpStatusException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RemovedChangesetException;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;
import org.jspecify.annotations.Nullable;

/**
 * Pulls what is missing over version 1 of the protocol: in one bundle, which the server makes; in
 * several, if the heads do not fit into one request. What the server is told to be common may then
 * be less than what is: what comes again is skipped.
 *
 * <p>Bookmarks, phases and obsolescence markers come in the same bundle, or in one without
 * changesets if there are several, or none are missing.
 */
final class GetbundleStep {
  private static final String KEYS = "listkeys";

  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullOptions options;
  private final SplitRequests split;
  private final ReceivedState state;

  GetbundleStep(
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
    this.state = new ReceivedState(sink);
  }

  /** Returns whether the server sends bookmarks and phases in its bundles. */
  static boolean sendsState(Peer peer) {
    BundleCapabilities capabilities = peer.bundleCapabilities();
    return capabilities != null && capabilities.has(KEYS);
  }

  /**
   * Pulls what {@code discovery} found missing, and the state.
   *
   * @return heads, bookmarks and phases; null if the server does not send them
   * @throws VerificationException if a hash is wrong, or the bundle lacks what its changesets name
   * @throws RemovedChangesetException if the server lost a changeset since it was discovered
   * @throws PeerProtocolException if the bundle cannot be read or applied for another reason
   */
  @Nullable RepositoryState run(Discovery discovery) throws IOException {
    List<Node> missing = discovery.missing();
    List<Node> common = new ArrayList<>(discovery.common());
    boolean sendsState = sendsState(peer);
    int from = 0;
    while (from < missing.size()) {
      int count = Math.min(missing.size() - from, split.max());
      List<Node> heads = missing.subList(from, from + count);
      List<Node> last = common.subList(Math.max(0, common.size() - split.max()), common.size());
      boolean withState = sendsState && count == missing.size();
      try {
        receive(request(last, heads, true, withState));
        common.addAll(heads);
        from += count;
      } catch (RequestTooLargeException e) {
        split.halve(Math.max(count, last.size()), e);
      }
    }
    requireComplete();
    if (!sendsState) {
      return discovery.state();
    }
    RepositoryState received = state.read(discovery.heads());
    if (received == null) {
      receive(request(List.of(), List.of(), false, true));
      received = state.read(discovery.heads());
    }
    if (received == null) {
      throw RevisionReceiver.invalid("it does not contain the bookmarks and phases");
    }
    return received;
  }

  /** Returns whether the sink got obsolescence markers. */
  boolean gotMarkers() {
    return state.gotMarkers();
  }

  private static GetbundleRequest request(
      List<Node> common, List<Node> heads, boolean changesets, boolean state) {
    return new GetbundleRequest(
        common, heads, changesets, state ? ReceivedState.NAMESPACES : List.of(), state);
  }

  private void receive(GetbundleRequest request) throws IOException {
    try (BundleReader reader =
        new BundleReader(BundleBytes.of(peer.getbundle(request)), peer.options().limits(), state)) {
      new BundleApplication(sink, receiver, BundleOrigin.asked(request.heads()), options)
          .run(reader);
    } catch (BundleException e) {
      throw refused(e);
    } catch (CommandFailedException | HttpStatusException e) {
      requireKnown(request.heads(), e);
      throw e;
    }
    for (Node head : request.heads()) {
      if (!sink.has(RevisionKey.changeset(head))) {
        throw RevisionReceiver.invalid("it does not contain the requested changeset " + head);
      }
    }
  }

  /** Throws if the server refused a request because it does not have a changeset any more. */
  private void requireKnown(List<Node> changesets, PeerException refusal) throws IOException {
    int unknown;
    try {
      unknown = split.known(peer, changesets).indexOf(false);
    } catch (PeerException e) {
      refusal.addSuppressed(e);
      return;
    }
    if (unknown >= 0) {
      throw new RemovedChangesetException(
          changesets.get(unknown),
          "The server does not show the changeset "
              + changesets.get(unknown)
              + " any more, which it showed when the pull began; pull again.");
    }
  }

  private void requireComplete() throws IOException {
    Iterator<Node> incomplete = sink.incomplete().iterator();
    if (!incomplete.hasNext()) {
      return;
    }
    Node first = incomplete.next();
    if (!peer.known(List.of(first)).get(0)) {
      throw new RemovedChangesetException(
          first,
          "The server does not show the changeset "
              + first
              + " any more, whose files were not all pulled; pull into another place.");
    }
    throw new VerificationException(
        first,
        "The server omitted the manifest or files of changeset "
            + first
            + "; report this to the server's administrator.",
        null);
  }

  private static IOException refused(BundleException e) {
    if (e.getCause() instanceof VerificationException wrong) {
      return wrong;
    }
    WireProtocolException fault =
        e.getCause() instanceof WireProtocolException known
            ? known
            : WireProtocolException.request(
                WireErrorCode.BAD_RESPONSE, String.valueOf(e.getMessage()));
    return new PeerProtocolException(
        "The response to getbundle cannot be used: " + e.getMessage(), fault);
  }
}
