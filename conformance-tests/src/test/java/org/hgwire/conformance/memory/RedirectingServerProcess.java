// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.server.repository.memory.MemoryRepository;

/**
 * A server in a process of its own that keeps its responses and serves them by its own GET.
 * Arguments: changesets, files a changeset, bytes a file, a directory for what it keeps, the URL at
 * which clients are to get the content. It says and answers what {@link ServerProcess} does.
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
      ServerProcess.answer(server.url().getPort(), repository);
    }
  }
}
