// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * What decides which changesets may be served.
 *
 * @param phases the phase of each
 * @param hidden those that are hidden
 * @param everything whether none is secret or hidden
 */
record Visibility(Phases phases, Hidden hidden, boolean everything) {
  /**
   * Reads phases and markers.
   *
   * @param pinned the changesets that a bookmark, a local tag or the working directory is at
   */
  static Visibility read(
      RepositoryDirectory directory, @Nullable Revlog changelog, List<Node> pinned)
      throws IOException {
    Phases phases = Phases.read(directory.phaseRoots(), changelog);
    Hidden hidden = Hidden.read(directory.obsolescenceMarkers(), changelog, phases, pinned);
    return new Visibility(phases, hidden, hidden.isEmpty() && phases.noneSecret());
  }
}
