// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.embedding;

import java.io.IOException;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSinks;

/** A client in a program of one's own. */
public final class EmbeddedClient {
  private EmbeddedClient() {}

  /** Asks for heads and branches, then pulls and verifies everything. */
  public static PullSummary run(String url) throws IOException {
    // snippet: client
    try (Peer peer = Peer.connect(url);
        PullSink sink = PullSinks.verifying()) {
      System.out.println("heads: " + peer.heads());
      System.out.println("branches: " + peer.branchmap().keySet());

      PullSummary summary = Pull.run(peer, sink);
      System.out.println("changesets, every hash verified: " + summary.changesets());
      // end
      return summary;
    }
  }
}
