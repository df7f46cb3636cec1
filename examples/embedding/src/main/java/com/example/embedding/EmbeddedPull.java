// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

// snippet: pull
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PullSinks;

/** Pulls everything from the URL that is its argument, and verifies every hash. */
public final class EmbeddedPull {
  public static void main(String[] arguments) throws Exception {
    try (Peer peer = Peer.connect(arguments[0]);
        PullSink sink = PullSinks.verifying()) {
      PullSummary summary = Pull.run(peer, sink);
      System.out.println("changesets, every hash verified: " + summary.changesets());
    }
  }
}
// end
