// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;

/**
 * What both servers sent for a {@code getbundle}.
 *
 * @param input the request
 * @param theirs the response of hg's server
 * @param ours the response of our server
 * @param revisions what may be served
 * @param hidden changesets that there are and that may not be served
 */
record BundleComparison(
    BundleInput input,
    BundleOutcome theirs,
    BundleOutcome ours,
    KnownRevisions revisions,
    Collection<String> hidden)
    implements Comparison {
  private static final String PHASE_HEAD = "phase-heads: ";
  private static final int PHASE_DIGITS = 8;

  @Override
  public boolean isEqual() {
    return theirs.isLike(ours);
  }

  /** Returns the lines that only hg's bundle has. */
  List<String> missing() {
    return theirs.without(ours);
  }

  /** Returns the lines that only our bundle has. */
  List<String> superfluous() {
    return ours.without(theirs);
  }

  /** Returns whether the parts that both have are in the same order. */
  boolean hasSameOrder() {
    return without(theirs.order(), missing()).equals(without(ours.order(), superfluous()));
  }

  private static List<String> without(List<String> order, List<String> lines) {
    List<String> rest = new ArrayList<>(order);
    for (String line : lines) {
      int parameters = line.indexOf(" {");
      if (parameters > 0 && line.endsWith("}")) {
        rest.remove(line.substring(0, parameters));
      }
    }
    return rest;
  }

  /**
   * Returns whether our bundle has the phase of a descendant, which says all that the line does.
   */
  boolean isCovered(String line) {
    int node = PHASE_HEAD.length() + PHASE_DIGITS;
    return ours.lines().stream()
        .filter(each -> each.startsWith(line.substring(0, node)))
        .map(each -> Node.fromHex(each.substring(node)))
        .anyMatch(
            head ->
                revisions.text(Segment.CHANGESETS, ByteString.empty(), head) != null
                    && revisions
                        .ancestors(List.of(head))
                        .contains(Node.fromHex(line.substring(node))));
  }

  @Override
  public String toString() {
    return "%s  hg:   %s%n  ours: %s%n  only hg:   %s%n  only ours: %s"
        .formatted(input, theirs, ours, missing(), superfluous());
  }
}
