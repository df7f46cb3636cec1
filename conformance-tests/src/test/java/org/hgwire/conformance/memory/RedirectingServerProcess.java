// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.server.repository.memory.MemoryRepository;

/**
 * A server in its own process that keeps its responses and serves them as content itself.
 * Arguments: changesets, files per changeset, bytes per file, a directory for what it keeps, the
 * URL where clients get the content. Its input and output are those of {@link ServerProcess}.
 */
final class RedirectingServerProcess {
  private RedirectingServerProcess() {}

  public static void main(String[] arguments) throws IOException {
    MemoryRepository repository =
        ServerProcess.repository(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]));
    Settings settings = Settings.plain(Path.of(arguments[3]), URI.create(arguments[4]));
    try (RedirectingServer server = RedirectingServer.start(repository, settings)) {
      ServerProcess.serve(server.url().getPort(), repository);
    }
  }
}
