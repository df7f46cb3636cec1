// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

// snippet: pull
import java.nio.file.Path;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;

/** Pulls everything from a URL into a repository in a directory, and verifies every hash. */
public final class EmbeddedPull {
  public static void main(String[] arguments) throws Exception {
    try (Peer peer = Peer.connect(arguments[0]);
        PullSink sink = RepositorySink.open(Path.of(arguments[1]))) {
      PullSummary summary = Pull.run(peer, sink);
      System.out.println("changesets, every hash verified: " + summary.changesets());
    }
  }
}
// end
