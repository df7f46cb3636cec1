// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the entries of an index that has chunks between them. */
final class EntryCollector {
  private static final int FIRST_ENTRIES = 16;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST_ENTRIES * RevisionIndex.ENTRY];
  private int used;

  /** Appends a copy of the entry at {@code offset} of {@code bytes}. */
  void add(byte[] bytes, int offset) {
    if (used == RevisionIndex.SEGMENT_ENTRIES * RevisionIndex.ENTRY) {
      full.add(last);
      last = new byte[used];
      used = 0;
    } else if (used == last.length) {
      last = Arrays.copyOf(last, used * 2);
    }
    System.arraycopy(bytes, offset, last, used, RevisionIndex.ENTRY);
    used += RevisionIndex.ENTRY;
  }

  int count() {
    return full.size() * RevisionIndex.SEGMENT_ENTRIES + used / RevisionIndex.ENTRY;
  }

  RevisionIndex index(RevlogHeader header) {
    byte[][] segments = full.toArray(new byte[full.size() + 1][]);
    segments[full.size()] = last;
    return new RevisionIndex(header, segments, count());
  }
}
