// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;

/** A sink of which only the first incomplete changesets show as incomplete. */
final class IncompleteSlice extends ForwardingPullSink {
  private final List<Node> changesets;

  private IncompleteSlice(PullSink sink, List<Node> changesets) {
    super(sink);
    this.changesets = changesets;
  }

  /** Returns the slice of the first {@code max}, or of all if there are fewer. */
  static IncompleteSlice of(PullSink sink, int max) throws IOException {
    List<Node> first = new ArrayList<>();
    Iterator<Node> incomplete = sink.incomplete().iterator();
    while (first.size() < max && incomplete.hasNext()) {
      first.add(incomplete.next());
    }
    return new IncompleteSlice(sink, first);
  }

  @Override
  public Iterable<Node> incomplete() {
    return changesets;
  }

  List<Node> changesets() {
    return changesets;
  }

  boolean isEmpty() {
    return changesets.isEmpty();
  }

  /** Returns whether the sink has the manifest of the first changeset. */
  boolean hasBegun() throws IOException {
    return has(RevisionKey.manifest(new ChangesetManifests(this).of(changesets.get(0))));
  }

  /** Returns the changesets of the slice that have no child in it. */
  List<Node> sliceHeads() throws IOException {
    Set<Node> parents = new TreeSet<>();
    for (Node changeset : changesets) {
      parents.addAll(parents(changeset));
    }
    return changesets.stream().filter(changeset -> !parents.contains(changeset)).toList();
  }
}
