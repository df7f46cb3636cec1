// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.store.RepositorySink;

/** A process that pulls into a repository and can be killed at any moment. */
final class KilledRepositoryPull {
  private static final PullOptions OPTIONS = PullOptions.DEFAULT.withBatchSize(40);

  private KilledRepositoryPull() {}

  /** Starts the process, and returns when it got a first revision, or has ended. */
  static Process start(String url, Path into, ProtocolVersion version) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx200m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRepositoryPull.class.getName(),
                url,
                into.toString(),
                version.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getInputStream().read();
    return process;
  }

  /** Pulls from a URL into a directory over a version of the protocol. */
  public static void main(String[] arguments) throws IOException {
    pull(arguments[0], Path.of(arguments[1]), ProtocolVersion.valueOf(arguments[2]));
  }

  static PullSummary pull(String url, Path into, ProtocolVersion version) throws IOException {
    try (Peer peer = Peer.connect(url, PeerOptions.builder().protocol(version).build());
        PullSink sink = new Telling(RepositorySink.open(into, url))) {
      return Pull.run(peer, sink, OPTIONS);
    }
  }

  private static final class Telling extends ForwardingPullSink {
    private boolean told;

    Telling(PullSink sink) {
      super(sink);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      if (!told) {
        told = true;
        System.out.write('.');
        System.out.flush();
      }
    }
  }
}
