// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.memory.MemoryCommit;
import org.hgwire.server.repository.memory.MemoryRepository;

/**
 * A repository with branches, merges and removed files. Few contents make changesets of several
 * branches introduce the same revisions.
 */
final class RandomHistory {
  private static final int PATHS = 6;
  private static final int CONTENTS = 3;

  private final Random random;
  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final List<Node> nodes = new ArrayList<>();

  RandomHistory(long seed, int changesets) {
    random = new Random(seed);
    while (nodes.size() < changesets) {
      Node node = commit(nodes.size());
      if (!nodes.contains(node)) {
        nodes.add(node);
      }
    }
  }

  MemoryRepository repository() {
    return repository;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Makes some changesets secret and hides others. */
  void withhold(int count) {
    for (int i = 0; i < count; i++) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      if (random.nextBoolean()) {
        repository.hide(node);
      } else {
        repository.phase(node, Phase.SECRET);
      }
    }
  }

  /** Returns up to {@code max} of the nodes. */
  List<Node> some(List<Node> of, int max) {
    Set<Node> chosen = new LinkedHashSet<>();
    int count = random.nextInt(max + 1);
    for (int i = 0; i < count && !of.isEmpty(); i++) {
      chosen.add(of.get(random.nextInt(of.size())));
    }
    return List.copyOf(chosen);
  }

  private Node commit(int number) {
    MemoryCommit commit = repository.commit().message("c" + number);
    if (!nodes.isEmpty()) {
      Node parent = near();
      Node other = near();
      if (random.nextInt(4) == 0 && !other.equals(parent)) {
        commit.parents(parent, other);
        for (int path = 0; path < PATHS; path++) {
          commit.write(path(path), content(path));
        }
        return commit.commit();
      }
      commit.parent(random.nextInt(20) == 0 ? Node.NULL : parent);
    }
    int changed = 1 + random.nextInt(2);
    for (int i = 0; i < changed; i++) {
      int path = random.nextInt(PATHS);
      commit.write(path(path), content(path));
    }
    return commit.commit();
  }

  private Node near() {
    return nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(8)));
  }

  private static String path(int number) {
    return (number % 2 == 0 ? "dir/" : "") + "file" + number;
  }

  private String content(int path) {
    return "path " + path + "\n" + "line\n".repeat(20) + random.nextInt(CONTENTS) + "\n";
  }
}
