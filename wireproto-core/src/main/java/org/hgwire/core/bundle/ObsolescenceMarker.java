// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * An obsolescence marker of a bundle: which changesets replace another one.
 *
 * @param version the version of the format that {@code stored} has, 0 or 1
 * @param stored the marker as the part {@code obsmarkers} and a store have it
 * @param predecessor the changeset that is obsolete; not the null node
 * @param successors the changesets that replace it, none of them the null node or the predecessor;
 *     empty if it was pruned
 */
public record ObsolescenceMarker(
    int version, ByteString stored, Node predecessor, List<Node> successors) {
  /** Copies the list. */
  public ObsolescenceMarker {
    successors = List.copyOf(successors);
  }
}
