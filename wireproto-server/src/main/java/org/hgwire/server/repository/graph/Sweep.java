// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.io.IOException;
import java.util.BitSet;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Visits the members of a set of changesets in order, one step each. What a visit does to the set
 * counts as far as the sweep has not come yet.
 */
public final class Sweep<T> implements Work<T> {
  /** Visits one changeset. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Visits a changeset.
     *
     * @throws IOException if the repository cannot be read
     */
    void visit(int revision) throws IOException;
  }

  private final BitSet changesets;
  private final boolean up;
  private final Visitor visitor;
  private final T result;
  private int next;

  private Sweep(BitSet changesets, int first, boolean up, Visitor visitor, T result) {
    this.changesets = changesets;
    this.up = up;
    this.visitor = visitor;
    this.result = result;
    this.next = first;
  }

  /**
   * Returns the work of visiting {@code changesets}, parents first; it ends with {@code result}.
   */
  public static <T> Work<T> up(BitSet changesets, Visitor visitor, T result) {
    return new Sweep<>(changesets, changesets.nextSetBit(0), true, visitor, result);
  }

  /**
   * Returns the work of visiting {@code changesets}, children first; it ends with {@code result}.
   */
  public static <T> Work<T> down(BitSet changesets, Visitor visitor, T result) {
    return new Sweep<>(changesets, changesets.length() - 1, false, visitor, result);
  }

  @Override
  public @Nullable T advance(Steps steps) throws IOException {
    while (next >= 0) {
      if (!steps.take()) {
        return null;
      }
      int revision = next;
      visitor.visit(revision);
      next = up ? changesets.nextSetBit(revision + 1) : changesets.previousSetBit(revision - 1);
    }
    return result;
  }
}
