// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the delta of a manifest inserts, in their order; no object is made of one before
 * its node is asked for.
 */
public final class InsertedLines {
  private static final int HUNK_HEAD = 12;
  private static final int HEX = 2 * Node.BYTES;

  private final byte[] hunks;

  /** Where the new bytes of the hunk end. */
  private int hunkEnd;

  /** Where the path of the line begins and ends, and where the line ends. */
  private int line;

  private int pathEnd;
  private int lineEnd;
  private boolean damaged;

  /** Begins before the first line of a delta. */
  public InsertedLines(ByteString hunks) {
    this.hunks = hunks.toByteArray();
  }

  /** Moves to the next line; returns whether there is one. */
  public boolean next() {
    line = lineEnd;
    while (line >= hunkEnd) {
      if (hunkEnd == hunks.length) {
        return false;
      }
      if (hunks.length - hunkEnd < HUNK_HEAD) {
        return fail();
      }
      int length = ByteBuffer.wrap(hunks).getInt(hunkEnd + 8);
      line = hunkEnd + HUNK_HEAD;
      if (length < 0 || length > hunks.length - line) {
        return fail();
      }
      hunkEnd = line + length;
    }
    int end = indexOf((byte) '\n', line);
    pathEnd = indexOf((byte) 0, line);
    lineEnd = end + 1;
    return end - pathEnd > HEX || fail();
  }

  private int indexOf(byte wanted, int from) {
    int i = from;
    while (i < hunkEnd && hunks[i] != wanted) {
      i++;
    }
    return i;
  }

  private boolean fail() {
    damaged = true;
    hunkEnd = hunks.length;
    lineEnd = hunks.length;
    return false;
  }

  /** Returns whether the lines ended because they are none of a manifest. */
  public boolean damaged() {
    return damaged;
  }

  /** Compares the path of the line with {@code path}. */
  public int comparePath(ByteString path) {
    int length = Math.min(pathEnd - line, path.length());
    for (int i = 0; i < length; i++) {
      int order = Integer.compare(hunks[line + i] & 0xff, path.at(i) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pathEnd - line, path.length());
  }

  /** Returns the path of the line. */
  public ByteString path() {
    return ByteString.copyOf(ByteBuffer.wrap(hunks, line, pathEnd - line));
  }

  /** Returns the node of the line, or null if it is damaged. */
  public @Nullable Node node() {
    try {
      return Node.fromHex(new String(hunks, pathEnd + 1, HEX, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
