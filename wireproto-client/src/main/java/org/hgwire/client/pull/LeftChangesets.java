// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.RemovedChangesetException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.command.Node;

/** The changesets that a pull before left incomplete: the server may have removed them since. */
final class LeftChangesets {
  private LeftChangesets() {}

  /**
   * Has the sink forget them, if the server does not show all of them.
   *
   * @throws RemovedChangesetException if the sink cannot
   */
  static void check(Peer peer, PullSink sink, SplitRequests split) throws IOException {
    List<Node> heads = IncompleteSlice.of(sink, Integer.MAX_VALUE).sliceHeads();
    int unknown = split.known(peer, heads).indexOf(false);
    if (unknown >= 0 && !sink.forgetIncomplete()) {
      throw new RemovedChangesetException(
          heads.get(unknown),
          "The server does not show the changeset "
              + heads.get(unknown)
              + " any more, whose files were not all pulled; pull into another place.");
    }
  }
}
