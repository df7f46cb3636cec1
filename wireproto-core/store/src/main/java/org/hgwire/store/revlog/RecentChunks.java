// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the chunks that were read last, together at most {@value #MAX_BYTES} bytes, as
 * long as there is memory: when the deltas of a revlog are read one after the other, and then the
 * text of one of its revisions, the chain of that is not inflated again. Safe for use by several
 * threads.
 */
final class RecentChunks {
  private static final int MAX_BYTES = 256 * 1024;

  /** Larger contents are not kept. */
  private static final int MAX_CONTENT = MAX_BYTES / 4;

  /** The number of contents at most, a power of two. */
  private static final int MAX_PLACES = 256;

  private static final class Kept {
    final int[] revisions;
    final byte[] @Nullable [] contents;
    int bytes;

    Kept(int places) {
      revisions = new int[places];
      contents = new byte[places][];
    }

    int place(int revision) {
      return revision & contents.length - 1;
    }
  }

  private final int places;
  private SoftReference<@Nullable Kept> kept = new SoftReference<>(null);

  /** Makes an empty one for a revlog with {@code count} revisions. */
  RecentChunks(int count) {
    places = Math.min(MAX_PLACES, Integer.highestOneBit(Math.max(1, count)));
  }

  /** Returns the content of the chunk of a revision, which nobody may change, or null. */
  synchronized byte @Nullable [] find(int revision) {
    Kept recent = kept.get();
    if (recent == null) {
      return null;
    }
    int place = recent.place(revision);
    return recent.revisions[place] == revision ? recent.contents[place] : null;
  }

  /** Keeps the content of the chunk of a revision, which is not changed from now on. */
  synchronized void keep(int revision, byte[] content) {
    if (content.length > MAX_CONTENT) {
      return;
    }
    Kept recent = kept.get();
    if (recent == null || recent.bytes > MAX_BYTES - content.length) {
      recent = new Kept(places);
      kept = new SoftReference<>(recent);
    }
    int place = recent.place(revision);
    byte[] replaced = recent.contents[place];
    recent.bytes += content.length - (replaced == null ? 0 : replaced.length);
    recent.revisions[place] = revision;
    recent.contents[place] = content;
  }
}
