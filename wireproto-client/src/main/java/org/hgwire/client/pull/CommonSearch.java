// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.sink.PullSink;
import org.hgwire.core.command.Node;

/**
 * Finds which changesets of a sink a server knows if it does not know all heads of the sink.
 *
 * <p>Theory of operation: a server that knows a changeset knows its ancestors; one that does not
 * know it does not know its descendants. So each result settles many more changesets. Ancestors of
 * the heads are visited in the order of their distance, in windows: {@value #FIRST_WINDOW}
 * changesets that are not settled, then {@value #GROWTH} times more each round; of a window at most
 * {@value #MAX_NODES} are sent, evenly spread. Ancestors of a known changeset are never visited.
 * Ten local commits take one more request, ten thousand take two, half a million take four.
 */
final class CommonSearch {
  /** The nodes of one {@code known}: a request of 210 KB, far below the limit of a server. */
  static final int MAX_NODES = 10_000;

  private static final int FIRST_WINDOW = 200;
  private static final int GROWTH = 50;
  private static final int MAX_WINDOW = FIRST_WINDOW * GROWTH * GROWTH * GROWTH;

  /** Asks the server which of some changesets it knows. */
  interface Known {
    List<Boolean> ask(List<Node> nodes) throws IOException;
  }

  /** Whether the server has a changeset. */
  private enum State {
    OPEN,
    KNOWN,
    UNKNOWN
  }

  /** A changeset that was visited. */
  private static final class Changeset {
    final Node node;
    final List<Changeset> parents = new ArrayList<>(2);
    final List<Changeset> children = new ArrayList<>(1);
    State state = State.OPEN;

    Changeset(Node node) {
      this.node = node;
    }
  }

  private final PullSink sink;
  private final Known known;
  private final Map<Node, Changeset> seen = new HashMap<>();
  private final Deque<Changeset> frontier = new ArrayDeque<>();
  private List<Changeset> open = new ArrayList<>();

  CommonSearch(PullSink sink, Known known) {
    this.sink = sink;
    this.known = known;
  }

  /**
   * Returns the heads of what the server knows: it knows them, their ancestors and no others.
   *
   * @param heads the heads of the sink
   * @param firstKnown whether the server knows each of the first of them
   * @param shared other changesets that the sink has and the server knows
   */
  List<Node> run(Collection<Node> heads, List<Boolean> firstKnown, Set<Node> shared)
      throws IOException {
    heads.forEach(this::look);
    shared.forEach(node -> look(node).state = State.KNOWN);
    settle(open.subList(0, firstKnown.size()), firstKnown);
    for (int window = FIRST_WINDOW; ; window = Math.min(window, MAX_WINDOW / GROWTH) * GROWTH) {
      expand(window);
      if (open.isEmpty()) {
        return common();
      }
      List<Changeset> asked = sample();
      settle(asked, known.ask(asked.stream().map(changeset -> changeset.node).toList()));
    }
  }

  private Changeset look(Node node) {
    return seen.computeIfAbsent(
        node,
        absent -> {
          Changeset changeset = new Changeset(node);
          frontier.add(changeset);
          open.add(changeset);
          return changeset;
        });
  }

  /** Visits parents, nearest first, until {@code window} changesets are open or none is left. */
  private void expand(int window) throws IOException {
    open.removeIf(changeset -> changeset.state != State.OPEN);
    while (open.size() < window && !frontier.isEmpty()) {
      Changeset changeset = frontier.remove();
      if (changeset.state == State.KNOWN) {
        continue;
      }
      for (Node node : sink.parents(changeset.node)) {
        Changeset parent = look(node);
        changeset.parents.add(parent);
        parent.children.add(changeset);
        if (parent.state == State.UNKNOWN) {
          spread(changeset, State.UNKNOWN);
        }
      }
    }
    open.removeIf(changeset -> changeset.state != State.OPEN);
  }

  /** Returns the changesets to ask for, the nearest and the farthest among them. */
  private List<Changeset> sample() {
    if (open.size() <= MAX_NODES) {
      return open;
    }
    List<Changeset> sample = new ArrayList<>(MAX_NODES);
    for (long i = 0; i < MAX_NODES; i++) {
      sample.add(open.get((int) (i * (open.size() - 1) / (MAX_NODES - 1))));
    }
    return sample;
  }

  private void settle(List<Changeset> asked, List<Boolean> known) {
    for (int i = 0; i < asked.size(); i++) {
      spread(asked.get(i), known.get(i) ? State.KNOWN : State.UNKNOWN);
    }
  }

  /** Settles a changeset and, with it, its ancestors or its descendants. */
  private static void spread(Changeset from, State state) {
    Deque<Changeset> waiting = new ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      Changeset changeset = waiting.remove();
      if (changeset.state == State.OPEN) {
        changeset.state = state;
        waiting.addAll(state == State.KNOWN ? changeset.parents : changeset.children);
      }
    }
  }

  private List<Node> common() {
    List<Node> common = new ArrayList<>();
    for (Changeset changeset : seen.values()) {
      boolean isHead = changeset.children.stream().allMatch(child -> child.state == State.UNKNOWN);
      if (changeset.state == State.KNOWN && isHead) {
        common.add(changeset.node);
      }
    }
    return common;
  }
}
