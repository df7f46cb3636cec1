// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;

/**
 * Goes through the fragments of a delta and holds each to the base (changegroups, Delta Groups).
 * Starts before the first. Needs the length of the base, not its bytes, so that a base may be
 * elsewhere than in memory.
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
   * @param delta the delta, from position to limit; must not change meanwhile, its position does
   *     not move
   * @param baseLength the length in bytes of what the delta is against
   */
  public DeltaFragments(ByteBuffer delta, long baseLength) {
    this.delta = delta.slice();
    this.baseLength = baseLength;
  }

  /**
   * Moves to the next fragment and returns true, or returns false after the last.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if the fragment is cut
   *     short, overlaps the one before or reaches beyond the base
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
    // An offset past 2^31 is negative here, and past the end of any base that deltas can have.
    if (fragmentStart < end) {
      throw RevisionFault.malformed("the fragments of a delta overlap or are not in order");
    }
    if (fragmentEnd < fragmentStart || fragmentEnd > baseLength) {
      throw RevisionFault.malformed("a fragment of a delta reaches beyond its base");
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

  /** Returns what replaces it: a view of the delta. */
  public ByteBuffer content() {
    return delta.slice(contentStart, position - contentStart);
  }
}
