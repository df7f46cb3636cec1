// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;

/**
 * A sink that lacks parents of some changesets, and shows only the parents that it has: those
 * changesets are like the first ones of a repository.
 */
final class ShallowSink extends ForwardingPullSink {
  private final PullSink sink;

  ShallowSink(PullSink sink) {
    super(sink);
    this.sink = sink;
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    return present(sink, changeset);
  }

  /** Returns the parents of a changeset that {@code sink} has. */
  static List<Node> present(PullSink sink, Node changeset) throws IOException {
    List<Node> present = new ArrayList<>(2);
    for (Node parent : sink.parents(changeset)) {
      if (sink.has(RevisionKey.changeset(parent))) {
        present.add(parent);
      }
    }
    return present;
  }

  /** Returns whether a parent of a changeset is not there. */
  boolean lacksParent(Node changeset) throws IOException {
    return parents(changeset).size() < sink.parents(changeset).size();
  }

  /** Returns the changesets of which a parent is not there. */
  List<Node> withoutParent() throws IOException {
    Set<Node> seen = new TreeSet<>(heads());
    Deque<Node> left = new ArrayDeque<>(seen);
    List<Node> found = new ArrayList<>();
    while (!left.isEmpty()) {
      Node changeset = left.remove();
      if (lacksParent(changeset)) {
        found.add(changeset);
      }
      for (Node parent : parents(changeset)) {
        if (seen.add(parent)) {
          left.add(parent);
        }
      }
    }
    return found;
  }
}
