// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;

/**
 * A verified pull in its own process. Arguments: the URL, a directory for temporary files. It
 * prints what it pulled, and its figures.
 */
final class PullProcess {
  private PullProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    PullOptions options = PullOptions.DEFAULT.withDirectory(directory);
    long begun = System.nanoTime();
    PullSummary summary;
    Elsewhere elsewhere = new Elsewhere();
    PeerOptions peerOptions =
        PeerOptions.builder()
            .redirects(
                RedirectPolicy.builder()
                    .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1"))
                    .build())
            .listener(elsewhere)
            .build();
    try (Peer peer = Peer.connect(URI.create(arguments[0]), peerOptions);
        PullSink sink = new WithoutFiles(TemporaryRepositorySink.open(directory))) {
      summary = Pull.run(peer, sink, options);
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    System.out.println(
        "files="
            + summary.fileRevisions()
            + " bytes="
            + summary.bytesVerified()
            + " millis="
            + millis
            + " elsewhere="
            + elsewhere.bytes.get()
            + " redirected="
            + elsewhere.completed.get()
            + " failed="
            + elsewhere.failed.get()
            + " "
            + Figures.line());
  }

  /** Counts what comes from content hosts. */
  private static final class Elsewhere implements ExchangeListener {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @Override
    public void contentBytesReceived(long count) {
      bytes.addAndGet(count);
    }

    @Override
    public void redirectCompleted(RedirectEvent.Completed event) {
      completed.incrementAndGet();
    }

    @Override
    public void redirectFailed(RedirectEvent.Failed event) {
      failed.incrementAndGet();
      System.err.println(event);
    }
  }

  /** A sink that drops the texts of files after reading them. */
  private static final class WithoutFiles extends ForwardingPullSink {
    private final Set<RevisionKey> files = new HashSet<>();

    WithoutFiles(PullSink sink) {
      super(sink);
    }

    @Override
    public boolean has(RevisionKey key) throws IOException {
      return files.contains(key) || super.has(key);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (revision.key().kind() != RevisionKind.FILE) {
        super.accept(revision);
        return;
      }
      try (InputStream text = revision.text().open()) {
        long length = text.transferTo(OutputStream.nullOutputStream());
        if (length != revision.text().length()) {
          throw new IOException(length + " bytes are there of " + revision.text().length());
        }
      }
      files.add(revision.key());
    }
  }
}
