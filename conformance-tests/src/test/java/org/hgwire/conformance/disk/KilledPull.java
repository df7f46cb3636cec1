// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.SpillOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.store.RepositorySink;

/**
 * A process that pulls with every text on disk until it gets a long text, and waits to be killed.
 */
final class KilledPull {
  private KilledPull() {}

  /** Starts the process, and returns when it waits. */
  static Process start(String url, Path into, Path temporary) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledPull.class.getName(),
                url,
                into.toString(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '.') {
      process.destroyForcibly();
      throw new IOException("the process ended before it got a long text");
    }
    return process;
  }

  /** Pulls from a URL into a directory, with temporary files in another one. */
  public static void main(String[] arguments) throws IOException {
    Path temporary = Path.of(arguments[2]);
    PeerOptions options =
        PeerOptions.builder()
            .spill(SpillOptions.DEFAULT.withBytesInMemory(0, 0).withDirectory(temporary))
            .build();
    try (Peer peer = Peer.connect(arguments[0], options);
        PullSink sink = new Waiting(RepositorySink.open(Path.of(arguments[1])))) {
      Pull.run(peer, sink, PullOptions.DEFAULT.withTextInMemory(0).withDirectory(temporary));
    }
  }

  private static final class Waiting extends ForwardingPullSink {
    Waiting(PullSink sink) {
      super(sink);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      if (revision.text().length() > 100_000) {
        try (InputStream text = revision.text().open()) {
          text.skipNBytes(1);
          System.out.write('.');
          System.out.flush();
          TimeUnit.MINUTES.sleep(5);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }
}
