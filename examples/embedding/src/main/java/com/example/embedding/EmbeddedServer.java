// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

// snippet: server
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;

/** Serves a repository with one changeset. */
public final class EmbeddedServer {
  public static void main(String[] arguments) throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().user("alice").message("Begin").write("README", "Hello.\n").commit();

    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    try (HgWireServer server = HgWireServer.builder(options).port(0).start()) {
      System.out.println("listening on http://127.0.0.1:" + server.port() + "/");
      Thread.currentThread().join(); // until the process is stopped
    }
  }
}
// end
