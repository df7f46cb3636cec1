// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;

/** Whole pulls in this process. */
final class WarmPull {
  private WarmPull() {}

  /** Pulls everything into a new repository; returns how many bytes are verified a second. */
  static double bytesPerSecond(URI server, Path directory) throws IOException {
    long begin = System.nanoTime();
    long bytes;
    try (PullSink sink = RepositorySink.open(directory, null);
        Peer peer = Peer.connect(server, PeerOptions.defaults())) {
      bytes = Pull.run(peer, sink).bytesVerified();
    }
    return bytes * 1e9 / (System.nanoTime() - begin);
  }
}
