// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * A verified revision: the hash of its parents and text is its node, unless it has a substitute.
 *
 * @param key which revision
 * @param firstParent the first parent, or the null node
 * @param secondParent the second parent, or the null node
 * @param linknode for a file, the changeset that introduced it: of those that were pulled with it,
 *     and are not complete, the first one whose manifest names it; null for others
 * @param text the full text, or that of the substitute; valid until the sink's method returns
 * @param substitute for a file whose text is not there, what {@code text} stands for; else null
 * @param delta the delta that made {@code text}, for a sink that stores deltas; null if the text
 *     came whole, or the delta was too long to hold
 */
public record PulledRevision(
    RevisionKey key,
    Node firstParent,
    Node secondParent,
    @Nullable Node linknode,
    RevisionText text,
    @Nullable TextSubstitute substitute,
    @Nullable RevisionDelta delta) {
  /** Makes a revision whose text came whole. */
  public PulledRevision(
      RevisionKey key,
      Node firstParent,
      Node secondParent,
      @Nullable Node linknode,
      RevisionText text) {
    this(key, firstParent, secondParent, linknode, text, null, null);
  }
}
