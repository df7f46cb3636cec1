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
 * Finds which changesets of a sink a server knows, where it does not know all heads of the sink.
 *
 * <p>Theory of operation: a server that knows a changeset knows its ancestors; one that does not
 * know it does not know its descendants. So each answer settles much more than it says. Ancestors
 * of the heads are looked at in the order of their distance, in windows: {@value #FIRST_WINDOW}
 * changesets that are not settled, then {@value #GROWTH} times more each round; of a window at most
 * {@value #ASKED_AT_ONCE} are asked for, evenly spread. What lies below a known changeset is never
 * looked at. Ten local commits take one request more, ten thousand two, half a million four.
 */
final class CommonSearch {
  /** How many nodes one {@code known} asks for: 200 KiB of them. */
  static final int ASKED_AT_ONCE = 10_000;

  private static final int FIRST_WINDOW = 200;
  private static final int GROWTH = 50;
  private static final int LARGEST_WINDOW = FIRST_WINDOW * GROWTH * GROWTH * GROWTH;

  /** Asks the server which of some changesets it knows. */
  interface Known {
    List<Boolean> ask(List<Node> nodes) throws IOException;
  }

  /** What is known of a changeset: whether the server has it. */
  private enum Answer {
    OPEN,
    KNOWN,
    UNKNOWN
  }

  /** A changeset that was looked at. */
  private static final class Changeset {
    final Node node;
    final List<Changeset> parents = new ArrayList<>(2);
    final List<Changeset> children = new ArrayList<>(1);
    Answer answer = Answer.OPEN;

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
   * Returns changesets that the server knows, such that it knows no other than them and their
   * ancestors.
   *
   * @param heads the heads of the sink
   * @param answers whether the server knows each of the first of them
   * @param shared other changesets that the sink has and the server knows
   */
  List<Node> run(Collection<Node> heads, List<Boolean> answers, Set<Node> shared)
      throws IOException {
    heads.forEach(this::look);
    shared.forEach(node -> look(node).answer = Answer.KNOWN);
    settle(open.subList(0, answers.size()), answers);
    for (int window = FIRST_WINDOW; ; window = Math.min(window, LARGEST_WINDOW / GROWTH) * GROWTH) {
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

  /** Looks at parents, nearest first, until so many changesets are open or none is left. */
  private void expand(int window) throws IOException {
    open.removeIf(changeset -> changeset.answer != Answer.OPEN);
    while (open.size() < window && !frontier.isEmpty()) {
      Changeset changeset = frontier.remove();
      if (changeset.answer == Answer.KNOWN) {
        continue;
      }
      for (Node node : sink.parents(changeset.node)) {
        Changeset parent = look(node);
        changeset.parents.add(parent);
        parent.children.add(changeset);
        if (parent.answer == Answer.UNKNOWN) {
          spread(changeset, Answer.UNKNOWN);
        }
      }
    }
    open.removeIf(changeset -> changeset.answer != Answer.OPEN);
  }

  /** Returns what to ask for: the nearest and the farthest always among them. */
  private List<Changeset> sample() {
    if (open.size() <= ASKED_AT_ONCE) {
      return open;
    }
    List<Changeset> sample = new ArrayList<>(ASKED_AT_ONCE);
    for (long i = 0; i < ASKED_AT_ONCE; i++) {
      sample.add(open.get((int) (i * (open.size() - 1) / (ASKED_AT_ONCE - 1))));
    }
    return sample;
  }

  private void settle(List<Changeset> asked, List<Boolean> answers) {
    for (int i = 0; i < asked.size(); i++) {
      spread(asked.get(i), answers.get(i) ? Answer.KNOWN : Answer.UNKNOWN);
    }
  }

  /** Settles a changeset, and with it its ancestors or its descendants. */
  private static void spread(Changeset from, Answer answer) {
    Deque<Changeset> waiting = new ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      Changeset changeset = waiting.remove();
      if (changeset.answer == Answer.OPEN) {
        changeset.answer = answer;
        waiting.addAll(answer == Answer.KNOWN ? changeset.parents : changeset.children);
      }
    }
  }

  private List<Node> common() {
    List<Node> common = new ArrayList<>();
    for (Changeset changeset : seen.values()) {
      boolean isHead =
          changeset.children.stream().allMatch(child -> child.answer == Answer.UNKNOWN);
      if (changeset.answer == Answer.KNOWN && isHead) {
        common.add(changeset.node);
      }
    }
    return common;
  }
}
