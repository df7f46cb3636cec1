// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;

/**
 * A cursor over the fragments of a delta, which checks each against the length of the base
 * (changegroups, Delta Groups). It starts before the first fragment. It does not need the bytes of
 * the base, which may be on disk.
 *
 * <p>Not safe for use by several threads.
 */
public final class DeltaFragments {
  private static final int HEADER = 12;

  private final ByteBuffer delta;
  private final long baseLength;
  private int contentStart;
  private int position;
  private int start;
  private int end;

  /**
   * Makes a cursor.
   *
   * @param delta the delta, from position to limit; it must not change while the cursor is used,
   *     and its position does not move
   * @param baseLength the length of the base in bytes
   */
  public DeltaFragments(ByteBuffer delta, long baseLength) {
    this.delta = delta.slice();
    this.baseLength = baseLength;
  }

  /**
   * Moves to the next fragment and returns true, or returns false after the last.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if the fragment is
   *     truncated, overlaps the previous one or extends beyond the base
   */
  public boolean next() {
    if (position == delta.limit()) {
      return false;
    }
    if (delta.limit() - position < HEADER) {
      throw RevisionFault.malformed("a delta ends in the middle of a fragment's header");
    }
    int fragmentStart = delta.getInt(position);
    int fragmentEnd = delta.getInt(position + 4);
    int length = delta.getInt(position + 8);
    // An offset of 2^31 or more is negative here, and beyond the end of any possible base.
    if (fragmentStart < end) {
      throw RevisionFault.malformed("the fragments of a delta overlap or are not in order");
    }
    if (fragmentEnd < fragmentStart || fragmentEnd > baseLength) {
      throw RevisionFault.malformed("a fragment of a delta extends beyond the base");
    }
    if (length < 0 || length > delta.limit() - position - HEADER) {
      throw RevisionFault.malformed("a delta ends in the middle of a fragment");
    }
    start = fragmentStart;
    end = fragmentEnd;
    contentStart = position + HEADER;
    position = contentStart + length;
    return true;
  }

  /** Returns the offset in the base of the first byte that is replaced. */
  public int start() {
    return start;
  }

  /** Returns the offset in the base after the last byte that is replaced. */
  public int end() {
    return end;
  }

  /** Returns how many bytes replace them. */
  public int contentLength() {
    return position - contentStart;
  }

  /** Copies the bytes that replace them to {@code target}, from {@code at} on. */
  public void copyContent(byte[] target, int at) {
    delta.get(contentStart, target, at, contentLength());
  }

  /** Returns the bytes that replace them: a view of the delta. */
  public ByteBuffer content() {
    return delta.slice(contentStart, position - contentStart);
  }
}
