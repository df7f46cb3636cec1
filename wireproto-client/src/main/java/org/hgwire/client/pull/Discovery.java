// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandResult;
import org.hgwire.client.Peer;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.UnrelatedRepositoryException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a sink lacks: the changesets that are ancestors of {@code missing} and not of {@code
 * common}.
 *
 * @param common changesets that the sink has and the server knows
 * @param missing wanted changesets, by default the heads of the server, that the sink lacks
 * @param heads the heads of the server
 * @param state heads, bookmarks and phases of the server, or null if they were not asked for or it
 *     does not support {@code listkeys}
 */
record Discovery(
    List<Node> common, List<Node> missing, List<Node> heads, @Nullable RepositoryState state) {
  /**
   * Asks the server, in one request if the server knows the heads of the sink.
   *
   * @param wanted the wanted changesets, which the server has; null for all of its heads
   * @param withState whether bookmarks and phases are asked for
   * @throws UnrelatedRepositoryException if both sides have changesets and none in common
   */
  static Discovery run(
      Peer peer,
      PullSink sink,
      SplitRequests split,
      @Nullable WantedChangesets wanted,
      boolean withState)
      throws IOException {
    List<Node> sinkHeads = new ArrayList<>(ComparableKeys.setOf(sink.heads()));
    while (true) {
      int count = Math.min(Math.min(sinkHeads.size(), CommonSearch.MAX_NODES), split.max());
      try {
        return run(peer, sink, sinkHeads.subList(0, count), sinkHeads, split, wanted, withState);
      } catch (RequestTooLargeException e) {
        split.halve(count, e);
      }
    }
  }

  /** Asks with the first heads of the sink; the search asks for others. */
  private static Discovery run(
      Peer peer,
      PullSink sink,
      List<Node> first,
      List<Node> sinkHeads,
      SplitRequests split,
      @Nullable WantedChangesets wanted,
      boolean withState)
      throws IOException {
    boolean listsKeys = withState && peer.capabilities().command(ListkeysRequest.COMMAND) != null;
    Batch batch = peer.batch();
    CommandResult<List<Node>> heads = batch.heads();
    CommandResult<List<Boolean>> known = first.isEmpty() ? List::of : batch.known(first);
    CommandResult<Map<ByteString, ByteString>> bookmarks =
        listsKeys ? batch.listkeys("bookmarks") : Map::of;
    CommandResult<Map<ByteString, ByteString>> phases =
        listsKeys ? batch.listkeys("phases") : Map::of;
    batch.send();
    List<Node> missing = new ArrayList<>();
    Set<Node> shared = new HashSet<>();
    for (Node head : wanted == null ? heads.await() : wanted.heads()) {
      if (!head.isNull()) {
        (sink.has(RevisionKey.changeset(head)) ? shared : missing).add(head);
      }
    }
    List<Boolean> firstKnown = known.await();
    RepositoryState state =
        listsKeys ? StateKeys.read(heads.await(), bookmarks.await(), phases.await()) : null;
    if (missing.isEmpty() || sinkHeads.isEmpty()) {
      return new Discovery(List.of(), missing, heads.await(), state);
    }
    List<Node> common =
        new CommonSearch(sink, nodes -> split.known(peer, nodes))
            .run(sinkHeads, firstKnown, shared);
    if (common.isEmpty()) {
      throw new UnrelatedRepositoryException(
          "The repository at "
              + peer.url()
              + " has no changeset in common with what was pulled before; pull it into another"
              + " place.");
    }
    return new Discovery(common, missing, heads.await(), state);
  }
}
