// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.Peer;

/**
 * Gets from a peer all that a sink does not have: changesets, manifests, file revisions, each
 * verified against its node before the sink gets it.
 */
public final class Pull {
  private Pull() {}

  /** Pulls everything, with the default options. */
  public static PullSummary run(Peer peer, PullSink sink) throws IOException {
    return run(peer, sink, PullOptions.DEFAULT);
  }

  /**
   * Pulls everything.
   *
   * @throws org.hgwire.client.VerificationException if a text does not have the hash of its node
   * @throws org.hgwire.client.PeerException if the server fails; a new pull into the same sink goes
   *     on from there
   * @throws IOException if the sink fails
   */
  public static PullSummary run(Peer peer, PullSink sink, PullOptions options) throws IOException {
    throw new UnsupportedOperationException();
  }
}
