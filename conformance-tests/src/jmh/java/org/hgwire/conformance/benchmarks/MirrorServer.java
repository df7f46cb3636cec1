// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;

/**
 * Pulls a repository into memory from the URL that it is given, then serves it on a free port,
 * which it prints, until its standard input ends. With a directory and a URL as further arguments,
 * it keeps its responses in that directory and redirects to that URL.
 */
final class MirrorServer {
  private MirrorServer() {}

  public static void main(String[] arguments) throws IOException {
    MirroredRepository repository;
    try (Peer peer = Peer.connect(URI.create(arguments[0]), PeerOptions.defaults())) {
      repository = MirroredRepository.of(peer);
    }
    if (arguments.length > 1) {
      Settings settings = Settings.plain(Path.of(arguments[1]), URI.create(arguments[2]));
      try (RedirectingServer server = RedirectingServer.start(repository, settings)) {
        serve(server.url().getPort());
      }
      return;
    }
    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    try (HgWireServer server = HgWireServer.builder(options).grace(Duration.ofMillis(1)).start()) {
      serve(server.port());
    }
  }

  private static void serve(int port) throws IOException {
    System.out.println(port);
    while (System.in.read() >= 0) {
      // serves
    }
  }
}
