// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

// snippet: client
import org.hgwire.client.Peer;

/** Prints heads and branches of the repository at the URL that is its argument. */
public final class EmbeddedClient {
  public static void main(String[] arguments) throws Exception {
    try (Peer peer = Peer.connect(arguments[0])) {
      System.out.println("heads: " + peer.heads());
      System.out.println("branches: " + peer.branchmap().keySet());
    }
  }
}
// end
