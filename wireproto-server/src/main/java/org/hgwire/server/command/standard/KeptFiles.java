// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Which files many changesets of one state changed, and how often: kept for the next client that
 * asks for the same changesets, as those do that clone. Some 100 bytes for each path, as long as
 * there is memory. Safe for use by several threads.
 */
final class KeptFiles {
  /** Fewer changesets are looked at each time. */
  private static final int MIN_CHANGESETS = 256;

  private static final int MAX_REQUESTS = 16;
  private static final int MAX_PATHS = 1 << 17;

  private final Deque<SoftReference<Kept>> kept = new ArrayDeque<>();

  /**
   * The files of a request.
   *
   * @param changesets the requested changesets; not changed
   * @param files the files, in order of their paths
   */
  private record Kept(BitSet changesets, List<Counted> files) {}

  /**
   * A file and how many of its revisions have one of the changesets as their first link.
   *
   * @param path the path of the file
   * @param revisions how many revisions
   */
  record Counted(ByteString path, int revisions) {}

  /** Returns what is kept with the state of a snapshot, or null if its host keeps nothing. */
  static @Nullable KeptFiles of(RepositorySnapshot snapshot) {
    DerivedFacts facts = snapshot.derived();
    return facts == null ? null : facts.of(KeptFiles.class, KeptFiles::new);
  }

  /** Returns the files of {@code changesets}, or null if they are not known. */
  synchronized @Nullable List<Counted> find(BitSet changesets) {
    for (Iterator<SoftReference<Kept>> each = kept.iterator(); each.hasNext(); ) {
      Kept next = each.next().get();
      if (next == null) {
        each.remove();
      } else if (next.changesets().equals(changesets)) {
        return next.files();
      }
    }
    return null;
  }

  /** Keeps the files of {@code changesets} instead of those that were kept first. */
  synchronized void keep(BitSet changesets, List<Counted> files) {
    if (changesets.cardinality() < MIN_CHANGESETS
        || files.size() > MAX_PATHS
        || find(changesets) != null) {
      return;
    }
    kept.addLast(new SoftReference<>(new Kept(changesets, List.copyOf(files))));
    while (kept.size() > MAX_REQUESTS || paths() > MAX_PATHS) {
      kept.removeFirst();
    }
  }

  private int paths() {
    int paths = 0;
    for (SoftReference<Kept> each : kept) {
      Kept next = each.get();
      paths += next == null ? 0 : next.files().size();
    }
    return paths;
  }
}
