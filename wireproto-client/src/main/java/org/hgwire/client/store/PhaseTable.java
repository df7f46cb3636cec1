// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.command.Node;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;

/** The phase of each changeset of a repository: one byte each. */
final class PhaseTable {
  private byte[] phases;

  private PhaseTable(byte[] phases) {
    this.phases = phases;
  }

  /** Reads the phases. */
  static PhaseTable read(Path phaseRoots, RevlogAppender changelog) throws IOException {
    byte[] phases = new byte[changelog.count()];
    for (PhaseRoot root : PhaseRoot.read(phaseRoots)) {
      int revision = changelog.find(root.node());
      if (revision != Revlog.NONE) {
        phases[revision] = (byte) Math.max(phases[revision], root.phase());
      }
    }
    PhaseTable table = new PhaseTable(phases);
    for (int revision = 0; revision < phases.length; revision++) {
      phases[revision] = (byte) Math.max(phases[revision], table.inherited(changelog, revision));
    }
    return table;
  }

  /** Returns the least phase that a changeset can have: the greatest of its parents. */
  private int inherited(RevlogAppender changelog, int revision) {
    int parent1 = changelog.parent1(revision);
    int parent2 = changelog.parent2(revision);
    return Math.max(
        parent1 == Revlog.NONE ? 0 : phases[parent1], parent2 == Revlog.NONE ? 0 : phases[parent2]);
  }

  /** Adds a new changeset, as a draft. */
  void addDraft(RevlogAppender changelog, int revision) {
    if (revision >= phases.length) {
      phases = Arrays.copyOf(phases, Math.max(64, revision + revision / 2 + 1));
    }
    phases[revision] = (byte) Math.max(PhaseRoot.DRAFT, inherited(changelog, revision));
  }

  /** Makes public what a server says is public; nothing else changes. */
  void publish(RevlogAppender changelog, RepositoryState state) {
    BitSet shown = new BitSet();
    mark(changelog, state.heads(), shown);
    for (int revision = shown.length() - 1; revision >= 0; revision--) {
      if (shown.get(revision)) {
        mark(changelog.parent1(revision), shown);
        mark(changelog.parent2(revision), shown);
      }
    }
    BitSet drafts = new BitSet();
    if (!state.publishing()) {
      mark(changelog, state.draftRoots(), drafts);
    }
    for (int revision = 0; revision < changelog.count(); revision++) {
      int parent1 = changelog.parent1(revision);
      int parent2 = changelog.parent2(revision);
      if ((parent1 != Revlog.NONE && drafts.get(parent1))
          || (parent2 != Revlog.NONE && drafts.get(parent2))) {
        drafts.set(revision);
      }
      if (shown.get(revision) && !drafts.get(revision)) {
        phases[revision] = 0;
      }
    }
  }

  private static void mark(RevlogAppender changelog, Collection<Node> nodes, BitSet marked) {
    nodes.forEach(node -> mark(changelog.find(node), marked));
  }

  private static void mark(int revision, BitSet marked) {
    if (revision != Revlog.NONE) {
      marked.set(revision);
    }
  }

  /** Returns the fewest roots that say all this. */
  List<PhaseRoot> roots(RevlogAppender changelog) {
    List<PhaseRoot> roots = new ArrayList<>();
    for (int revision = 0; revision < changelog.count(); revision++) {
      if (phases[revision] > inherited(changelog, revision)) {
        roots.add(new PhaseRoot(phases[revision], changelog.node(revision)));
      }
    }
    return roots;
  }
}
