// SPDX-License-Identifier: Apache-2.0
package com.example.embedding;

// snippet: redirects
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.offload.ContentOffload;
import org.hgwire.server.repository.memory.MemoryRepository;

/** Keeps large responses in a directory, and redirects clients to the web server that has it. */
public final class EmbeddedRedirects {
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    URI url = URI.create(arguments[1]); // a web server has directory/content here

    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().message("Begin").write("log", "A line.\n".repeat(100_000)).commit();

    RedirectTarget target = RedirectTarget.of("cdn", url);
    try (FileContentStore store =
            FileContentStore.builder(target, directory.resolve("content")).open();
        ContentOffload offload =
            ContentOffload.builder(directory.resolve("kept")).store(store).open()) {
      ServerOptions options =
          ServerOptions.builder(RepositoryResolver.atRoot(repository))
              .redirects(offload)
              .cacher(offload)
              .build();
      try (HgWireServer server = HgWireServer.builder(options).port(0).start()) {
        System.out.println("listening on http://127.0.0.1:" + server.port() + "/");
        Thread.currentThread().join(); // until the process is stopped
      }
    }
  }
}
// end
