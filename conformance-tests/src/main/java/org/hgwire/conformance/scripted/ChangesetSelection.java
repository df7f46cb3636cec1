// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.List;
import java.util.stream.IntStream;
import org.hgwire.core.command.RevisionSpecifier;

/** The changesets of a {@link TinyHistory} that specifiers resolve to. */
final class ChangesetSelection implements RevisionSpecifier.Visitor<boolean[]> {
  private final TinyHistory history;

  ChangesetSelection(TinyHistory history) {
    this.history = history;
  }

  /** Returns the numbers of the changesets in the union of {@code specifiers}. */
  List<Integer> select(List<RevisionSpecifier> specifiers) {
    List<boolean[]> sets = specifiers.stream().map(next -> next.accept(this)).toList();
    return IntStream.range(0, history.changesets().size())
        .filter(number -> sets.stream().anyMatch(set -> set[number]))
        .boxed()
        .toList();
  }

  @Override
  public boolean[] visitExplicit(RevisionSpecifier.ChangesetExplicit specifier) {
    return history.ancestors(specifier.nodes(), 1);
  }

  @Override
  public boolean[] visitExplicitDepth(RevisionSpecifier.ChangesetExplicitDepth specifier) {
    return history.ancestors(specifier.nodes(), specifier.depth());
  }

  @Override
  public boolean[] visitDagRange(RevisionSpecifier.ChangesetDagRange specifier) {
    boolean[] within = history.ancestors(specifier.heads(), Long.MAX_VALUE);
    boolean[] excluded = history.ancestors(specifier.roots(), Long.MAX_VALUE);
    for (int number = 0; number < within.length; number++) {
      within[number] &= !excluded[number];
    }
    return within;
  }
}
