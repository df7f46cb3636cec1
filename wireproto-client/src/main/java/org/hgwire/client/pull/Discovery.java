// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Batch;
import org.hgwire.client.Peer;
import org.hgwire.client.Reply;
import org.hgwire.core.command.Node;

/**
 * What is missing in a sink: the changesets that are ancestors of {@code missing} and not of {@code
 * common}.
 *
 * @param common changesets that the sink has and the server knows
 * @param missing heads of the server that the sink does not have
 */
record Discovery(List<Node> common, List<Node> missing) {
  /** How many nodes one {@code known} asks for: 200 KiB of them. */
  private static final int ASKED_AT_ONCE = 10_000;

  static Discovery run(Peer peer, PullSink sink) throws IOException {
    List<Node> asked = new ArrayList<>(sink.heads());
    List<Node> first = asked.subList(0, Math.min(asked.size(), ASKED_AT_ONCE));
    Batch batch = peer.batch();
    Reply<List<Node>> heads = batch.heads();
    Reply<List<Boolean>> known = first.isEmpty() ? List::of : batch.known(first);
    batch.send();
    List<Node> missing = new ArrayList<>();
    for (Node head : heads.await()) {
      if (!head.isNull() && !sink.has(RevisionKey.changeset(head))) {
        missing.add(head);
      }
    }
    List<Boolean> firstKnown = known.await();
    if (missing.isEmpty()) {
      return new Discovery(List.of(), missing);
    }
    return new Discovery(common(peer, sink, asked, firstKnown), missing);
  }

  /**
   * Goes from the sink's heads to ancestors until the server knows them. What only the sink has is
   * asked for generation by generation, in requests that hold many.
   */
  private static List<Node> common(
      Peer peer, PullSink sink, List<Node> heads, List<Boolean> firstKnown) throws IOException {
    Set<Node> seen = new LinkedHashSet<>(heads);
    List<Node> common = new ArrayList<>();
    List<Node> asked = heads.subList(0, firstKnown.size());
    List<Boolean> known = firstKnown;
    List<Node> waiting = new ArrayList<>(heads.subList(firstKnown.size(), heads.size()));
    while (true) {
      for (int i = 0; i < asked.size(); i++) {
        if (known.get(i)) {
          common.add(asked.get(i));
        } else {
          for (Node parent : sink.parents(asked.get(i))) {
            if (seen.add(parent)) {
              waiting.add(parent);
            }
          }
        }
      }
      if (waiting.isEmpty()) {
        return common;
      }
      List<Node> next = waiting.subList(0, Math.min(waiting.size(), ASKED_AT_ONCE));
      asked = new ArrayList<>(next);
      next.clear();
      known = peer.known(asked);
    }
  }
}
