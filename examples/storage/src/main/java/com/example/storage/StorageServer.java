// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;

/** Serves the repository in an SQLite file, after adding a first changeset if it is not there. */
public final class StorageServer {
  private StorageServer() {}

  static HgWireServer start(SqliteRepository repository, int port) throws IOException {
    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    return HgWireServer.builder(options).port(port).start();
  }

  /** Runs a server until the process is stopped. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: StorageServer FILE PORT");
      System.exit(2);
    }
    SqliteRepository repository = SqliteRepository.open(Path.of(arguments[0]));
    MemoryRepository first = MemoryRepository.publishing();
    first.commit().user("ann").message("first").write("tides.txt", "high\n").commit();
    repository.importFrom(first);
    try (HgWireServer server = start(repository, Integer.parseInt(arguments[1]))) {
      System.out.println("listening on http://127.0.0.1:" + server.port() + "/");
      Thread.currentThread().join();
    }
  }
}
