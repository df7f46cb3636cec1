// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.embedding;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.offload.ContentOffload;
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
    RedirectTarget target =
        RedirectTarget.of("cdn", URI.create("https://cdn.example.org/hg/")).withSniRequired(true);
    FileContentStore store = // the CDN serves its directory
        FileContentStore.builder(target, directory.resolve("content")).open();
    ContentOffload offload = ContentOffload.builder(directory.resolve("kept")).store(store).open();

    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .redirects(offload)
            .cacher(offload)
            .build();
    // end
    return options;
  }
}
