// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hgwire demo}: serves a repository and pulls it back, in every encoding and redirected. */
@Command(
    name = "demo",
    description =
        "Serve a built-in repository on a free port, pull it back in every content encoding, verify"
            + " every hash, and show what went over the wire; then the same over https with content"
            + " redirects to a content host with a pinned certificate, once intact, once with"
            + " altered content, and once with another certificate.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final List<String> ENCODINGS = List.of("identity", "zlib", "zstd-8mb");

  @Spec private CommandSpec spec;

  /** One pull, and what it cost. */
  private record Run(String encoding, WireCounter wire, PullSummary summary, double seconds) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    MemoryRepository repository = DemoRepository.create();
    int changesets;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      changesets = snapshot.changesets().count();
    }
    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    List<Run> runs = new ArrayList<>();
    try (HgWireServer server = HgWireServer.builder(options).start()) {
      URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
      out.println("serving a repository of " + changesets + " changesets at " + url);
      out.println();
      EncodingOptions.warnOfZstd(spec);
      for (String encoding : ENCODINGS) {
        if (ContentEncodings.standard().find(encoding) == null) {
          continue;
        }
        runs.add(pull(url, encoding));
      }
    }
    print(out, runs);
    PullSummary first = runs.get(0).summary();
    for (Run run : runs) {
      if (run.summary().changesets() != changesets || !run.summary().equals(first)) {
        throw new IOException(
            "the pull with "
                + run.encoding()
                + " got "
                + run.summary()
                + ", which is not what is served");
      }
    }
    out.printf(
        Locale.ROOT,
        "%nEach pull got %d changesets, %d manifests and %d file revisions (%,d bytes of text);%n"
            + "the SHA-1 of every one of them was verified.%n",
        first.changesets(),
        first.manifests(),
        first.fileRevisions(),
        first.bytesVerified());
    RedirectDemo.run(repository, first, out);
    out.flush();
    return 0;
  }

  private static Run pull(URI url, String encoding) throws IOException {
    WireCounter wire = new WireCounter();
    PeerOptions options =
        PeerOptions.builder().encodings(ContentEncodings.named(encoding)).listener(wire).build();
    long begin = System.nanoTime();
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = TemporaryRepositorySink.open()) {
      PullSummary summary = Pull.run(peer, sink);
      return new Run(encoding, wire, summary, (System.nanoTime() - begin) / 1e9);
    }
  }

  private static void print(PrintWriter out, List<Run> runs) {
    long plain = runs.get(0).wire().received();
    out.println("encoding  commands  frames  bytes sent  bytes received   ratio    time");
    for (Run run : runs) {
      out.printf(
          Locale.ROOT,
          "%-8s  %8d  %6d  %10d  %14d  %5.2fx  %5.2f s%n",
          run.encoding(),
          run.wire().commands(),
          run.wire().frames(),
          run.wire().sent(),
          run.wire().received(),
          (double) plain / run.wire().received(),
          run.seconds());
    }
  }
}
