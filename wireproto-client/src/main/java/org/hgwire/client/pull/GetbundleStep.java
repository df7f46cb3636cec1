// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;

/**
 * Pulls what is missing over version 1 of the protocol: in one bundle, which the server makes; in
 * several, if the heads do not fit into one request. What the server is told to be common may then
 * be less than what is: what comes again is skipped.
 */
final class GetbundleStep {
  private final Peer peer;
  private final PullSink sink;
  private final RevisionReceiver receiver;
  private final PullOptions options;
  private final SplitRequests split;

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
  }

  /**
   * Pulls what {@code discovery} found missing.
   *
   * @throws VerificationException if a hash is wrong, or the bundle lacks what its changesets name
   * @throws PeerProtocolException if it cannot be read or applied for another reason
   */
  void run(Discovery discovery) throws IOException {
    if (discovery.missing().isEmpty()) {
      return;
    }
    List<Node> common = new ArrayList<>(discovery.common());
    int from = 0;
    while (from < discovery.missing().size()) {
      int count = Math.min(discovery.missing().size() - from, split.max());
      List<Node> heads = discovery.missing().subList(from, from + count);
      List<Node> last = common.subList(Math.max(0, common.size() - split.max()), common.size());
      try {
        receive(new GetbundleRequest(last, heads));
        common.addAll(heads);
        from += count;
      } catch (RequestTooLargeException e) {
        split.halve(Math.max(count, last.size()), e);
      }
    }
    requireComplete();
  }

  private void receive(GetbundleRequest request) throws IOException {
    try (BundleReader reader =
        new BundleReader(BundleBytes.of(peer.getbundle(request)), peer.options().limits())) {
      new BundleApplication(sink, receiver, BundleOrigin.TRUSTED, options).run(reader);
    } catch (BundleException e) {
      throw refused(e);
    }
  }

  private void requireComplete() throws IOException {
    Iterator<Node> incomplete = sink.incomplete().iterator();
    if (incomplete.hasNext()) {
      Node first = incomplete.next();
      throw new VerificationException(
          first,
          "The server omitted the manifest or files of changeset "
              + first
              + "; report this to the server's administrator.",
          null);
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
