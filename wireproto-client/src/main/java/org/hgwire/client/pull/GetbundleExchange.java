// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.HttpStatusException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RemovedChangesetException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleParts;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;

/** Sends requests for bundles, and applies the responses. */
final class GetbundleExchange {
  private final Peer peer;
  private final RevisionReceiver receiver;
  private final BundleParts parts;
  private final PullOptions options;
  private final SplitRequests split;

  /**
   * Makes it.
   *
   * @param parts gets what the bundles have besides revisions
   */
  GetbundleExchange(
      Peer peer,
      RevisionReceiver receiver,
      BundleParts parts,
      PullOptions options,
      SplitRequests split) {
    this.peer = peer;
    this.receiver = receiver;
    this.parts = parts;
    this.options = options;
    this.split = split;
  }

  /**
   * Sends a request.
   *
   * @param sink what the bundle is applied to
   * @param maxChangesets how many incomplete changesets the sink may have when the manifests begin
   * @return false if it has more: then it got the changesets alone
   */
  boolean run(GetbundleRequest request, PullSink sink, int maxChangesets) throws IOException {
    boolean whole;
    try (BundleReader reader =
        new BundleReader(BundleBytes.of(peer.getbundle(request)), peer.options().limits(), parts)) {
      BundleOrigin asked = BundleOrigin.asked(request.heads());
      whole = new BundleApplication(sink, receiver, asked, options).run(reader, maxChangesets);
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
    return whole;
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
