// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.MarkerCursor;
import org.hgwire.server.repository.ObsolescenceMarker;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Finds the obsolescence markers that are relevant to changesets: those that say what the
 * changesets replace, directly or through others that are replaced; that a child of them was
 * pruned; or that they were pruned themselves. The result has the places of the markers in their
 * order.
 *
 * <p>In memory is about 150 bytes for each marker. Closes the markers.
 */
final class RelevantMarkers implements Work<BitSet> {
  private final MarkerCursor markers;
  private final ChangesetGraph graph;
  private final BitSet changesets;

  /** The predecessors, in the order of the markers. */
  private final List<Node> predecessors = new ArrayList<>();

  /** The markers that are relevant if a changeset is. */
  private final Map<Node, List<Integer>> relevantTo = new HashMap<>();

  private final BitSet found = new BitSet();
  private final Deque<Node> left = new ArrayDeque<>();
  private boolean read;

  RelevantMarkers(MarkerCursor markers, ChangesetGraph graph, BitSet changesets) {
    this.markers = markers;
    this.graph = graph;
    this.changesets = changesets;
  }

  @Override
  public @Nullable BitSet advance(Steps steps) throws IOException {
    while (!read) {
      if (!steps.take()) {
        return null;
      }
      ObsolescenceMarker marker = markers.next();
      if (marker == null) {
        read = true;
      } else {
        add(marker);
      }
    }
    while (!left.isEmpty()) {
      if (!steps.take()) {
        return null;
      }
      visit(left.remove());
    }
    return found;
  }

  private void add(ObsolescenceMarker marker) {
    int place = predecessors.size();
    predecessors.add(marker.predecessor());
    marker.successors().forEach(successor -> link(successor, place));
    if (marker.successors().isEmpty()) {
      marker.parents().forEach(parent -> link(parent, place));
      link(marker.predecessor(), place);
    }
  }

  private void link(Node node, int place) {
    List<Integer> places = relevantTo.get(node);
    if (places == null) {
      places = new ArrayList<>(1);
      relevantTo.put(node, places);
      int changeset = graph.find(node);
      if (changeset >= 0 && changesets.get(changeset)) {
        left.add(node);
      }
    }
    places.add(place);
  }

  private void visit(Node node) {
    List<Integer> places = relevantTo.remove(node);
    if (places != null) {
      for (int place : places) {
        if (!found.get(place)) {
          found.set(place);
          left.add(predecessors.get(place));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    markers.close();
  }
}
