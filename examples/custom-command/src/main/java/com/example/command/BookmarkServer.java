// SPDX-License-Identifier: Apache-2.0
package com.example.command;

import java.io.IOException;
import org.hgwire.core.command.Node;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;

/** A server with the command, and a repository with one bookmark. */
public final class BookmarkServer {
  private BookmarkServer() {}

  /** Starts a server on a port, 0 for any free one. */
  public static HgWireServer start(int port) throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    Node first = repository.commit().message("Begin").write("README", "Hello.\n").commit();
    repository.bookmark("stable", first);

    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .command(BookmarkCommand.definition())
            .build();
    return HgWireServer.builder(options).port(port).start();
  }

  /** Runs the server until the process is stopped. */
  public static void main(String[] arguments) throws Exception {
    try (HgWireServer server = start(8000)) {
      System.out.println("listening on http://127.0.0.1:" + server.port() + "/");
      Thread.currentThread().join();
    }
  }
}
