// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.core.command.Node;

/**
 * Sends lists of nodes in as many requests as the server takes, or a proxy before it: at first as
 * many nodes as {@link org.hgwire.client.PeerOptions#maxRequestBytes()} allows, and half as many
 * from then on whenever a request is refused as too large. One for all requests of a pull; for its
 * thread.
 */
final class SplitRequests {
  /** What a request takes besides its nodes, without long paths. */
  private static final int OVERHEAD = 1_000;

  /** A node as a byte string. */
  private static final int NODE = Node.BYTES + 1;

  /** A request for some nodes. */
  interface Request {
    /**
     * Sends it.
     *
     * @throws RequestTooLargeException if it is too large; then nothing came of it
     */
    void send(List<Node> part) throws IOException;
  }

  private int max;

  SplitRequests(Peer peer) {
    long bytes = peer.options().maxRequestBytes();
    max = (int) Math.max(1, Math.min(Integer.MAX_VALUE, (bytes - OVERHEAD) / NODE));
  }

  /** Returns how many nodes a request may have now. */
  int max() {
    return max;
  }

  /**
   * Notes that a request with so many nodes was too large.
   *
   * @throws RequestTooLargeException if it cannot be smaller
   */
  void halve(int nodes, RequestTooLargeException refused) throws RequestTooLargeException {
    if (nodes <= 1) {
      throw refused;
    }
    max = Math.min(max, nodes) / 2;
  }

  /** Sends requests for all of {@code nodes}, in their order. */
  void run(List<Node> nodes, Request request) throws IOException {
    int from = 0;
    while (from < nodes.size()) {
      int count = Math.min(max, nodes.size() - from);
      try {
        request.send(nodes.subList(from, from + count));
        from += count;
      } catch (RequestTooLargeException e) {
        halve(count, e);
      }
    }
  }

  /** Asks a server which of some changesets it knows. */
  List<Boolean> known(Peer peer, List<Node> nodes) throws IOException {
    List<Boolean> known = new ArrayList<>(nodes.size());
    run(nodes, part -> known.addAll(peer.known(part)));
    return known;
  }
}
