// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hgwire.core.command.Node;
import org.hgwire.store.StoreException;

/**
 * The entries of an index as the file has them, 64 bytes each (revlogs, Version 1 Format), in
 * arrays of {@value #SEGMENT_ENTRIES}. That of a reader is immutable, and indexes of the same file
 * share the arrays; that of an appender, which one thread uses, grows.
 */
final class RevisionIndex {
  /** The length in bytes of an entry. */
  static final int ENTRY = 64;

  /** The number of entries of each array but the last. */
  static final int SEGMENT_ENTRIES = 4096;

  private static final int SEGMENT_SHIFT = 12;
  private static final int STORED_LENGTH = 8;
  private static final int TEXT_LENGTH = 12;
  private static final int BASE = 16;
  private static final int LINK = 20;
  private static final int PARENT_1 = 24;
  private static final int PARENT_2 = 28;
  private static final int NODE = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[][] segments;
  private int count;
  private RevlogHeader header;

  /**
   * Makes an index.
   *
   * @param segments the entries; not copied
   */
  RevisionIndex(RevlogHeader header, byte[][] segments, int count) {
    this.header = header;
    this.segments = segments;
    this.count = count;
  }

  /**
   * Checks what the entries from {@code first} on say of other revisions, and that no length is
   * negative.
   */
  void check(int first, RevlogFaults faults) throws StoreException {
    for (int r = first; r < count; r++) {
      checkEarlier(r, parent1(r), "its first parent", r - 1, faults);
      checkEarlier(r, parent2(r), "its second parent", r - 1, faults);
      int base = intAt(r, BASE);
      checkEarlier(r, base, "the base of its delta", r, faults);
      if (base < 0) {
        throw faults.damaged(r, "the base of its delta is the revision " + base);
      }
      if (link(r) < 0) {
        throw faults.damaged(r, "it is linked to the changeset " + link(r));
      }
      if (storedLength(r) < 0 || textLength(r) < 0) {
        throw faults.damaged(r, "its length is negative");
      }
    }
  }

  private static void checkEarlier(
      int revision, int other, String what, int last, RevlogFaults faults) throws StoreException {
    if (other < Revlog.NONE || other > last) {
      throw faults.damaged(revision, what + " is the revision " + other);
    }
  }

  RevlogHeader header() {
    return header;
  }

  int count() {
    return count;
  }

  /** Adds the entry of the next revision: {@value #ENTRY} bytes, which are copied. */
  void add(byte[] entry) {
    int number = count >>> SEGMENT_SHIFT;
    int at = (count & SEGMENT_ENTRIES - 1) * ENTRY;
    if (number == segments.length) {
      segments = Arrays.copyOf(segments, Math.max(number + 1, number * 2));
    }
    byte[] segment = segments[number];
    if (segment == null) {
      segment = new byte[number == 0 ? ENTRY : SEGMENT_ENTRIES * ENTRY];
    } else if (segment.length < at + ENTRY) {
      segment = Arrays.copyOf(segment, Math.min(2 * (at + ENTRY), SEGMENT_ENTRIES * ENTRY));
    }
    System.arraycopy(entry, 0, segment, at, ENTRY);
    segments[number] = segment;
    count++;
  }

  /** Makes this the index of a revlog whose chunks are in a file of their own. */
  void split() {
    header = new RevlogHeader(false, header.generalDelta());
    if (count > 0) {
      INT.set(segments[0], 0, header.encoded());
    }
  }

  /** Puts {@code length} entries from {@code first} on into {@code target}. */
  void putEntries(int first, int length, ByteBuffer target) {
    for (int r = first; r < first + length; r++) {
      target.put(segments[r >>> SEGMENT_SHIFT], at(r, 0), ENTRY);
    }
  }

  /** Returns where the next chunk begins, in bytes from the first chunk. */
  long end() {
    return count == 0 ? 0 : offset(count - 1) + storedLength(count - 1);
  }

  /** Returns the array with the entries from {@code number * SEGMENT_ENTRIES} on. */
  byte[] segment(int number) {
    return segments[number];
  }

  /**
   * Returns where the chunk begins, in bytes from the first chunk, those before it in one piece.
   */
  long offset(int revision) {
    long field = (long) LONG.get(segments[revision >>> SEGMENT_SHIFT], at(revision, 0));
    // The header takes the first four bytes of the first entry.
    return revision == 0 ? field >>> 16 & 0xffff : field >>> 16;
  }

  int flags(int revision) {
    return (int) ((long) LONG.get(segments[revision >>> SEGMENT_SHIFT], at(revision, 0)) & 0xffff);
  }

  /** Returns the length of the chunk as it is stored. */
  int storedLength(int revision) {
    return intAt(revision, STORED_LENGTH);
  }

  int textLength(int revision) {
    return intAt(revision, TEXT_LENGTH);
  }

  /** Returns the revision that the chunk is a delta against, NONE if it is a text. */
  int base(int revision) {
    int base = intAt(revision, BASE);
    if (base == revision) {
      return Revlog.NONE;
    }
    return header.generalDelta() ? base : revision - 1;
  }

  int link(int revision) {
    return intAt(revision, LINK);
  }

  int parent1(int revision) {
    return intAt(revision, PARENT_1);
  }

  int parent2(int revision) {
    return intAt(revision, PARENT_2);
  }

  Node node(int revision) {
    byte[] segment = segments[revision >>> SEGMENT_SHIFT];
    int at = at(revision, NODE);
    return new Node(
        (long) LONG.get(segment, at),
        (long) LONG.get(segment, at + 8),
        (int) INT.get(segment, at + 16));
  }

  boolean hasNode(int revision, Node node) {
    byte[] segment = segments[revision >>> SEGMENT_SHIFT];
    int at = at(revision, NODE);
    return (long) LONG.get(segment, at) == node.high()
        && (long) LONG.get(segment, at + 8) == node.middle()
        && (int) INT.get(segment, at + 16) == node.low();
  }

  /** Returns whether the first {@code length} entries of both are equal. */
  boolean sharesEntries(RevisionIndex other, int length) {
    for (int s = 0; s * SEGMENT_ENTRIES < length; s++) {
      int bytes = Math.min(length - s * SEGMENT_ENTRIES, SEGMENT_ENTRIES) * ENTRY;
      if (segments[s] != other.segments[s]
          && !Arrays.equals(segments[s], 0, bytes, other.segments[s], 0, bytes)) {
        return false;
      }
    }
    return true;
  }

  private int intAt(int revision, int field) {
    return (int) INT.get(segments[revision >>> SEGMENT_SHIFT], at(revision, field));
  }

  private int at(int revision, int field) {
    if (revision < 0 || revision >= count) {
      throw new IndexOutOfBoundsException("revision " + revision + " of " + count);
    }
    return (revision & SEGMENT_ENTRIES - 1) * ENTRY + field;
  }
}
