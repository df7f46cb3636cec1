// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;

/**
 * The changesets of a window that are so few generations from some heads. What the sink has, and
 * what is behind that, is not counted.
 */
final class NearChangesets {
  private final PullSink sink;
  private final ChangesetWindow window;
  private final int depth;

  /** By position; the heads are the first generation, those that are not near have none. */
  private final int[] generations;

  /** Those that were not passed on. */
  private final BitSet left = new BitSet();

  NearChangesets(PullSink sink, ChangesetWindow window, int depth) {
    this.sink = sink;
    this.window = window;
    this.depth = depth;
    this.generations = new int[window.count()];
  }

  /**
   * Finds them.
   *
   * @throws org.hgwire.client.PeerProtocolException if one of them is neither in the window nor in
   *     the sink
   */
  void find(Collection<Node> heads) throws IOException {
    Deque<Integer> open = new ArrayDeque<>();
    for (Node head : heads) {
      reach(head, 1, open);
    }
    while (!open.isEmpty()) {
      int position = open.remove();
      int next = generations[position] + 1;
      for (Node parent : next > depth ? List.<Node>of() : parents(position)) {
        reach(parent, next, open);
      }
    }
  }

  private void reach(Node changeset, int generation, Deque<Integer> open) throws IOException {
    int position = window.find(changeset);
    if (position >= 0) {
      if (generations[position] == 0) {
        generations[position] = generation;
        left.set(position);
        open.add(position);
      }
    } else if (!sink.has(RevisionKey.changeset(changeset))) {
      throw RevisionReceiver.invalid("it does not contain the requested changeset " + changeset);
    }
  }

  private List<Node> parents(int position) throws IOException {
    return window.parents(position).present();
  }

  /** Gets the changesets. */
  interface Receiver {
    /**
     * Gets one.
     *
     * @param lacksParent whether a parent of it is not there and does not come
     */
    void receive(PulledRevision changeset, boolean lacksParent) throws IOException;
  }

  /** Passes them on, parents before children, however they came. */
  void release(Receiver receiver) throws IOException {
    Deque<Integer> waiting = new ArrayDeque<>();
    for (int first = left.nextSetBit(0); first >= 0; first = left.nextSetBit(first)) {
      waiting.push(first);
      while (!waiting.isEmpty()) {
        int position = waiting.element();
        List<Integer> before = left.get(position) ? parentsLeft(position) : List.of();
        before.forEach(waiting::push);
        if (before.isEmpty()) {
          waiting.remove();
          if (left.get(position)) {
            left.clear(position);
            receiver.receive(window.at(position), lacksParent(position));
          }
        }
      }
    }
  }

  private List<Integer> parentsLeft(int position) throws IOException {
    List<Integer> found = new ArrayList<>(2);
    for (Node parent : parents(position)) {
      int at = window.find(parent);
      if (at >= 0 && left.get(at)) {
        found.add(at);
      }
    }
    return found;
  }

  private boolean lacksParent(int position) throws IOException {
    for (Node parent : parents(position)) {
      if (!sink.has(RevisionKey.changeset(parent))) {
        return true;
      }
    }
    return false;
  }
}
