// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hgwire.conformance.memory.Figures;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.RepositoryDirectories;

/**
 * A server of the repositories below a directory, the only argument, in its own process. It prints
 * {@code port N}, and for each line of input what failed since the last, a line each, and its
 * figures.
 */
final class HostileServerProcess {
  private HostileServerProcess() {}

  private static final class Failures implements ServerListener {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void commandFailed(ServedRequest request, String command, Throwable failure) {
      add(request, failure);
    }

    @Override
    public void commandRefused(ServedRequest request, String command, String reason) {
      lines.add("refused " + request.path() + " " + reason);
    }

    @Override
    public void requestFailed(ServedRequest request, Throwable failure) {
      add(request, failure);
    }

    private void add(ServedRequest request, Throwable failure) {
      lines.add(
          String.join(
                  " ",
                  "failed",
                  request.path(),
                  failure.getClass().getSimpleName(),
                  String.valueOf(failure.getMessage()))
              .replace('\n', ' '));
    }
  }

  public static void main(String[] arguments) throws IOException {
    Failures failures = new Failures();
    try (RepositoryDirectories repositories =
            RepositoryDirectories.builder().below(Path.of(arguments[0])).open();
        HgWireServer server =
            HgWireServer.builder(ServerOptions.builder(repositories).listener(failures).build())
                .grace(Duration.ofMillis(100))
                .start()) {
      System.out.println("port " + server.port());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (questions.readLine() != null) {
        for (String line = failures.lines.poll(); line != null; line = failures.lines.poll()) {
          System.out.println(line);
        }
        System.out.println(Figures.line());
      }
    }
  }
}
