// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.command.Phase;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * The phase of each changeset: the greatest of the roots among itself and its ancestors. A byte for
 * each changeset from the first that is not public on.
 */
final class Phases {
  private final int first;
  private final byte[] phases;

  private Phases(int first, byte[] phases) {
    this.first = first;
    this.phases = phases;
  }

  /**
   * Reads the roots and computes the phases. A root that is not in the repository, as one of a
   * transaction that has not ended, has no effect.
   */
  static Phases read(Path roots, @Nullable Revlog changelog) throws IOException {
    if (changelog == null) {
      return new Phases(0, new byte[0]);
    }
    int count = changelog.count();
    byte[] own = new byte[count];
    int first = count;
    for (PhaseRoot root : PhaseRoot.read(roots)) {
      int revision = root.phase() == 0 ? Revlog.NONE : changelog.find(root.node());
      if (revision != Revlog.NONE) {
        own[revision] = (byte) Math.max(own[revision], root.phase());
        first = Math.min(first, revision);
      }
    }
    byte[] phases = new byte[count - first];
    for (int r = first; r < count; r++) {
      byte phase = own[r];
      phase = greater(phase, phases, changelog.parent1(r) - first);
      phases[r - first] = greater(phase, phases, changelog.parent2(r) - first);
    }
    return new Phases(first, phases);
  }

  private static byte greater(byte phase, byte[] phases, int parent) {
    return parent < 0 ? phase : (byte) Math.max(phase, phases[parent]);
  }

  /** Returns the first changeset that is not public, or the number of changesets. */
  int firstNotPublic() {
    return first;
  }

  /** Returns the number of the phase of a changeset, as in {@link PhaseRoot}. */
  int number(int revision) {
    return revision < first ? 0 : phases[revision - first];
  }

  /** Returns the phase of a changeset; what is never shared is secret. */
  Phase of(int revision) {
    return switch (number(revision)) {
      case 0 -> Phase.PUBLIC;
      case PhaseRoot.DRAFT -> Phase.DRAFT;
      default -> Phase.SECRET;
    };
  }

  /** Returns whether no changeset is secret. */
  boolean noneSecret() {
    for (byte phase : phases) {
      if (phase > PhaseRoot.DRAFT) {
        return false;
      }
    }
    return true;
  }
}
