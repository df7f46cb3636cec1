// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real hg that serves the repository, and what it can be asked for. */
final class ComparedHg implements AutoCloseable {
  /** What costs hg longer is measured once: the other rounds would take minutes. */
  private static final double LONG_SECONDS = 10;

  private final Path hg;
  private final Path repository;
  private final MeasuredServer server;
  private final @Nullable BenchRequests pulled;
  private @Nullable Cost lastPull;

  private ComparedHg(
      Path hg, Path repository, MeasuredServer server, @Nullable BenchRequests pulled) {
    this.hg = hg;
    this.repository = repository;
    this.server = server;
    this.pulled = pulled;
  }

  /**
   * Starts hg, and finds out what it serves over version 2: 5.6 fails at files that a changeset
   * removes.
   *
   * @param local makes the requests
   * @param notes is told what it does not serve, and why
   */
  static ComparedHg start(Path hg, Path repository, LocalServer local, Consumer<String> notes)
      throws IOException {
    MeasuredServer server = MeasuredServer.hg(hg, repository);
    boolean done = false;
    try {
      ComparedHg found = new ComparedHg(hg, repository, server, pulled(server, local, notes));
      done = true;
      return found;
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  private static @Nullable BenchRequests pulled(
      MeasuredServer server, LocalServer local, Consumer<String> notes) throws IOException {
    String why = "";
    for (boolean removals : new boolean[] {true, false}) {
      BenchRequests requests = local.requests(removals);
      try {
        Cost.of(server, requests.pull());
        if (!removals) {
          notes.accept(
              "hg over version 2: without the files of "
                  + (local.changesets() - requests.changesets())
                  + " changesets that remove some; with them, "
                  + why);
        }
        return requests;
      } catch (IOException refused) {
        why = String.valueOf(refused.getMessage());
      }
    }
    notes.accept("hg is not compared over version 2: " + why);
    return null;
  }

  /** Returns its server. */
  MeasuredServer server() {
    return server;
  }

  /** Returns the requests of version 2 that it can be asked; null if there are none. */
  @Nullable BenchRequests pulled() {
    return pulled;
  }

  /** Returns what these requests cost it; measured once if that takes long. */
  Cost pull(BenchRequests requests) throws IOException {
    Cost last = lastPull;
    if (last == null || last.processorSeconds() < LONG_SECONDS) {
      last = Cost.of(server, requests.pull());
      lastPull = last;
    }
    return last;
  }

  /** Returns what the first requests cost that a new server gets. */
  double cold(List<BenchRequest> requests) throws IOException {
    try (MeasuredServer fresh = MeasuredServer.hg(hg, repository)) {
      return Cost.of(fresh, requests).processorSeconds();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
