// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * An obsolescence marker: which changesets replace another one.
 *
 * @param predecessor the changeset that is obsolete; it need not be in the repository
 * @param successors the changesets that replace it; none if it was pruned
 * @param parents the parents of the predecessor, as far as they were recorded
 * @param stored the marker in the format of its {@link MarkerCursor#version() version}
 */
public record ObsolescenceMarker(
    Node predecessor, List<Node> successors, List<Node> parents, ByteString stored) {
  /** Copies the lists. */
  public ObsolescenceMarker {
    successors = List.copyOf(successors);
    parents = List.copyOf(parents);
  }
}
