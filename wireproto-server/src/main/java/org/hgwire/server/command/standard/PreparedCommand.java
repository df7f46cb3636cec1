// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;

/** A command whose response is prepared in turns, with a view of the repository open. */
abstract class PreparedCommand implements Command {
  private final long maxSteps;
  private final boolean releasesView;

  /** Makes a command whose response uses the view until it is closed. */
  PreparedCommand(WireLimits limits) {
    this(limits, false);
  }

  /**
   * Makes a command.
   *
   * @param limits how much a call may look at
   * @param releasesView whether the view is closed when the response is prepared
   */
  PreparedCommand(WireLimits limits, boolean releasesView) {
    this.maxSteps = limits.of(WireLimit.MAX_EXAMINED_ENTRIES);
    this.releasesView = releasesView;
  }

  @Override
  public final ObjectSource run(CommandCall call) throws IOException {
    Steps steps = new Steps(maxSteps, this::exceeded);
    RepositorySnapshot snapshot = call.repository().snapshot();
    Work<ObjectSource> preparation =
        Work.done(snapshot)
            .then(ChangesetGraph::of)
            .then(graph -> prepare(call, new RequestView(snapshot, graph, steps)));
    return new PreparedSource(snapshot, steps, releasesView, preparation);
  }

  private CommandException exceeded() {
    return new CommandException(
        "the request makes the server look at more than "
            + maxSteps
            + " changesets, files and entries of manifests ("
            + WireLimit.MAX_EXAMINED_ENTRIES
            + "): request fewer changesets at a time");
  }

  /** Returns the work that leads to the response. */
  abstract Work<ObjectSource> prepare(CommandCall call, RequestView view) throws IOException;
}
