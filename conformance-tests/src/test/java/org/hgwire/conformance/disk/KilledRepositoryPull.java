// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;

/** A process that pulls into a repository and can be killed at any moment. */
final class KilledRepositoryPull {
  /** So small that most of the time a transaction is open. */
  private static final PullOptions OPTIONS = PullOptions.DEFAULT.withBatchSize(12);

  private KilledRepositoryPull() {}

  /**
   * Starts the process, and returns when it is about to do something of a certain number, or has
   * ended.
   *
   * @param step 0 before there is a repository; then each revision of a manifest or file, and each
   *     end of a batch, counts
   */
  static Process start(String url, Path into, ProtocolVersion version, int step)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx200m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRepositoryPull.class.getName(),
                url,
                into.toString(),
                version.name(),
                Integer.toString(step))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getInputStream().read();
    return process;
  }

  /** Pulls from a URL into a directory over a version of the protocol, and says when. */
  public static void main(String[] arguments) throws IOException {
    int step = Integer.parseInt(arguments[3]);
    ProtocolVersion version = ProtocolVersion.valueOf(arguments[2]);
    pull(arguments[0], Path.of(arguments[1]), version, step);
  }

  static PullSummary pull(String url, Path into, ProtocolVersion version) throws IOException {
    return pull(url, into, version, -1);
  }

  private static PullSummary pull(String url, Path into, ProtocolVersion version, int step)
      throws IOException {
    // Clone bundles are on this machine.
    AddressPolicy addresses = AddressPolicy.PUBLIC.allowing("127.0.0.0/8");
    RedirectPolicy redirects = RedirectPolicy.builder().addresses(addresses).build();
    PeerOptions options = PeerOptions.builder().protocol(version).redirects(redirects).build();
    try (Peer peer = Peer.connect(url, options)) {
      if (step == 0) {
        tell();
      }
      try (PullSink sink = new Telling(RepositorySink.open(into, url), step)) {
        return Pull.run(peer, sink, OPTIONS);
      }
    }
  }

  private static void tell() {
    System.out.write('.');
    System.out.flush();
  }

  private static final class Telling extends ForwardingPullSink {
    private int left;

    Telling(PullSink sink, int step) {
      super(sink);
      left = step;
    }

    private void step() {
      if (--left == 0) {
        tell();
      }
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (revision.key().kind() != RevisionKind.CHANGESET) {
        step();
      }
      super.accept(revision);
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) throws IOException {
      step();
      super.changesetsCompleted(changesets);
    }
  }
}
