// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.embedding;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.offload.ContentOffload;
import org.hgwire.server.offload.RedirectTargets;
import org.hgwire.server.repository.Repository;

/** A server that sends clients elsewhere for large responses. */
public final class EmbeddedRedirects {
  private EmbeddedRedirects() {}

  /**
   * Returns the options of such a server.
   *
   * @param directory where responses and contents are kept
   */
  public static ServerOptions options(Repository repository, Path directory) throws IOException {
    // snippet: redirects
    String url = "https://cdn.example.org/hg/"; // serves the directory of the store
    FileContentStore store =
        FileContentStore.builder("cdn", directory.resolve("contents"), URI.create(url)).open();
    RedirectTarget target =
        new RedirectTarget(
            ByteString.utf8("cdn"),
            ByteString.utf8("https"),
            List.of(ByteString.utf8(url)),
            true,
            List.of());

    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .redirects(RedirectTargets.of(List.of(target)))
            .cacher(ContentOffload.builder(directory.resolve("kept")).store(store).open())
            .build();
    // end
    return options;
  }
}
