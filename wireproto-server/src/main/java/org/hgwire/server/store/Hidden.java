// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.store.ObsolescenceMarkers;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * The changesets that Mercurial hides: obsolete ones that are not public, and those of its internal
 * phases, unless one of their descendants is neither, or a bookmark, a local tag or the working
 * directory is at them or at a descendant.
 */
final class Hidden {
  private final BitSet hidden;

  /** Whether there are changesets that are hidden unless something is at them. */
  private final boolean pinsMatter;

  private Hidden(BitSet hidden, boolean pinsMatter) {
    this.hidden = hidden;
    this.pinsMatter = pinsMatter;
  }

  /**
   * Reads the markers and finds the changesets.
   *
   * @param pinned the changesets that something is at; they need not exist
   */
  static Hidden read(Path markers, @Nullable Revlog changelog, Phases phases, List<Node> pinned)
      throws IOException {
    if (changelog == null || phases.firstNotPublic() == changelog.count()) {
      return new Hidden(new BitSet(), false);
    }
    BitSet hideable = obsolete(markers, changelog, phases);
    for (int r = phases.firstNotPublic(); r < changelog.count(); r++) {
      if (phases.number(r) > PhaseRoot.SECRET) {
        hideable.set(r);
      }
    }
    boolean any = !hideable.isEmpty();
    if (any) {
      keepAncestorsOfShown(hideable, changelog, phases, pinned);
    }
    return new Hidden(hideable, any);
  }

  private static BitSet obsolete(Path file, Revlog changelog, Phases phases) throws IOException {
    BitSet obsolete = new BitSet();
    try (ObsolescenceMarkers markers = ObsolescenceMarkers.open(file)) {
      while (markers.next()) {
        int revision = changelog.find(markers.predecessor());
        if (revision != Revlog.NONE && phases.number(revision) > 0) {
          obsolete.set(revision);
        }
      }
    }
    return obsolete;
  }

  /** Removes from {@code hideable} what is shown, because of what is at it or descends from it. */
  private static void keepAncestorsOfShown(
      BitSet hideable, Revlog changelog, Phases phases, List<Node> pinned) {
    for (Node node : pinned) {
      int revision = changelog.find(node);
      if (revision != Revlog.NONE) {
        hideable.clear(revision);
      }
    }
    for (int r = changelog.count() - 1; r >= phases.firstNotPublic(); r--) {
      if (!hideable.get(r)) {
        clear(hideable, changelog.parent1(r));
        clear(hideable, changelog.parent2(r));
      }
    }
  }

  private static void clear(BitSet set, int revision) {
    if (revision != Revlog.NONE) {
      set.clear(revision);
    }
  }

  /** Returns whether what is hidden depends on what bookmarks, tags and the like are at. */
  boolean pinsMatter() {
    return pinsMatter;
  }

  boolean get(int revision) {
    return hidden.get(revision);
  }

  boolean isEmpty() {
    return hidden.isEmpty();
  }
}
