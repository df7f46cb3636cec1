// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.embedding;

import java.io.IOException;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;

/** A server in a program of one's own. */
public final class EmbeddedServer {
  private EmbeddedServer() {}

  /** Serves a repository with one changeset on a port that is free. */
  public static HgWireServer start() throws IOException {
    // snippet: server
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().user("alice").message("Begin").write("README", "Hello.\n").commit();

    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .accessControl(AccessControl.pullOnly())
            .build();
    HgWireServer server = HgWireServer.builder(options).port(0).start();
    System.out.println("listening on http://127.0.0.1:" + server.port() + "/");
    // end
    return server;
  }
}
