// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.examples.cli.DemoAuthority.Identity;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.offload.ContentOffload;
import org.hgwire.server.repository.Repository;

/**
 * The part of the demo with content redirects: a server over https that redirects to a content host
 * with a pinned certificate, and what a client does when that host alters content or has another
 * certificate.
 */
final class RedirectDemo {
  private static final String TARGET = "content";
  private static final String STORED = "content";

  private final DemoAuthority authority;
  private final Identity pinned;
  private final Path directory;
  private final PrintWriter out;

  private RedirectDemo(DemoAuthority authority, Path directory, PrintWriter out)
      throws IOException {
    this.authority = authority;
    this.pinned = authority.certify();
    this.directory = directory;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param expected what each pull must get
   * @throws IOException if one does not, or is redirected when it should not be
   */
  static void run(Repository repository, PullSummary expected, PrintWriter out) throws IOException {
    try (OwnedFiles temporary =
        OwnedFiles.open(Path.of(System.getProperty("java.io.tmpdir")), "hgwire-demo-")) {
      new RedirectDemo(DemoAuthority.create(), temporary.newDirectory(), out)
          .run(repository, expected);
    }
  }

  private void run(Repository repository, PullSummary expected) throws IOException {
    CompletableFuture<HttpService> content = new CompletableFuture<>();
    HgWireServer host = host(0, pinned, content);
    try {
      int port = host.port();
      FileContentStore store =
          FileContentStore.builder(
                  RedirectTarget.of(TARGET, URI.create("https://127.0.0.1:" + port + "/")),
                  directory.resolve(STORED))
              .serverCertificates(List.of(pinned.der()))
              .open();
      content.complete(ContentEndpoint.of(store));
      try (store;
          ContentOffload offload =
              ContentOffload.builder(directory.resolve("kept"))
                  .store(store)
                  .threshold(0)
                  .hashes(List.of(HashAlgorithm.SHA256))
                  .open();
          HgWireServer origin = origin(repository, offload)) {
        URI url = URI.create("https://127.0.0.1:" + origin.port() + "/");
        out.printf(
            Locale.ROOT,
            "%nContent redirects: %s sends clients to https://127.0.0.1:%d/%n%n",
            url,
            port);
        out.println("pull                    from the server  from elsewhere  redirected  refused");
        pull("the first, kept", url, expected, 0, 0);
        pull("the second, redirected", url, expected, 3, 0);
        host.close();
        try (FileContentStore altered = altered(store)) {
          host = host(port, pinned, CompletableFuture.completedFuture(ContentEndpoint.of(altered)));
          pull("one bit is flipped", url, expected, 2, 1);
          host.close();
        }
        host = host(port, authority.certify(), content);
        pull("another certificate", url, expected, 0, 1);
      }
    } finally {
      host.close();
    }
    out.printf(
        Locale.ROOT,
        "%nWhere the content was not what the server had promised, the client sent the command"
            + " again;%nall four pulls got the same revisions, every hash verified.%n");
  }

  private static HgWireServer host(
      int port, Identity identity, CompletableFuture<HttpService> content) throws IOException {
    return HgWireServer.builder((HttpService) request -> content.join().open(request))
        .port(port)
        .tls(identity.tls())
        .grace(Duration.ofMillis(100))
        .start();
  }

  private HgWireServer origin(Repository repository, ContentOffload offload) throws IOException {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .redirects(offload)
            .cacher(offload)
            .build();
    return HgWireServer.builder(options)
        .tls(authority.certify().tls())
        .grace(Duration.ofMillis(100))
        .start();
  }

  private void pull(String name, URI url, PullSummary expected, int redirected, int refused)
      throws IOException {
    WireCounter wire = new WireCounter();
    TlsOptions trust = authority.trusting();
    PeerOptions options =
        PeerOptions.builder()
            .tls(trust)
            .listener(wire)
            .redirects(
                RedirectPolicy.builder()
                    .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1"))
                    .build())
            .build();
    PullSummary summary;
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = TemporaryRepositorySink.open()) {
      summary = Pull.run(peer, sink);
    }
    out.printf(
        Locale.ROOT,
        "%-22s  %15d  %14d  %10d  %7d%n",
        name,
        wire.received(),
        wire.elsewhere(),
        wire.redirected(),
        wire.failures().size());
    for (RedirectEvent.Failed failure : wire.failures()) {
      out.println("  " + RedirectReport.print(failure));
    }
    if (!summary.equals(expected)
        || wire.redirected() != redirected
        || wire.failures().size() != refused) {
      throw new IOException(
          "the pull '" + name + "' got " + summary + " or not from where it should");
    }
  }

  /** Returns a store with the content of another one, in which a bit of one file is flipped. */
  private FileContentStore altered(FileContentStore store) throws IOException {
    Path from = directory.resolve(STORED);
    Path to = directory.resolve("altered");
    Path largest = from;
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
        if (Files.isRegularFile(path)
            && (largest.equals(from) || Files.size(path) > Files.size(largest))) {
          largest = path;
        }
      }
    }
    Path file = to.resolve(from.relativize(largest).toString());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    return FileContentStore.builder(store.target(), to).open();
  }
}
