// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.time.Duration;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.MemoryRepository;

/**
 * Serves a large repository, without compression, until its standard input ends. Prints its port;
 * then, for each byte of input, the bytes of heap that are in use after a collection.
 */
final class LargeServer {
  private LargeServer() {}

  public static void main(String[] arguments) throws IOException {
    MemoryRepository repository =
        arguments[0].equals("many")
            ? LargeRepositories.manyRevisions()
            : LargeRepositories.oneLargeRevision();
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .encodings(ContentEncodings.named("identity"))
            .build();
    try (HgWireServer server = HgWireServer.builder(options).grace(Duration.ofMillis(1)).start()) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(runtime.totalMemory() - runtime.freeMemory());
      }
    }
  }
}
