// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.ByteString;

/**
 * Computes the differences between two texts by lines (patience diff): lines that occur once in
 * each text are paired, the longest series of pairs in the same order in both is kept, and so are
 * equal lines around each of them. Everything between is replaced; unless whole lines are
 * requested, without the bytes that both sides of a replacement begin and end with.
 */
final class LineDelta {
  /** If more lines differ, they are replaced at once: this bounds the work and its memory. */
  static final int MAX_LINES = 1 << 18;

  private final ByteBuffer base;
  private final ByteBuffer text;
  private final boolean wholeLines;
  private final int[] baseLines;
  private final int[] textLines;
  private ByteBuffer delta = ByteBuffer.allocate(256);

  /** {@code wholeLines}: whether to replace whole lines with whole lines only. */
  LineDelta(ByteBuffer base, ByteBuffer text, boolean wholeLines) {
    this.wholeLines = wholeLines;
    this.base = base;
    this.text = text;
    int before = equalLinesBefore(base, text);
    int after = equalLinesAfter(base, text, before);
    baseLines = lineStarts(base, before, base.limit() - after);
    textLines = lineStarts(text, before, text.limit() - after);
  }

  /** Returns the length in bytes of the lines that both texts begin with. */
  private static int equalLinesBefore(ByteBuffer base, ByteBuffer text) {
    int different = base.mismatch(text);
    int length = different < 0 ? base.limit() : different;
    while (length > 0 && base.get(length - 1) != '\n') {
      length--;
    }
    return length;
  }

  /** Returns the length in bytes of the lines that both texts end with, not before {@code from}. */
  private static int equalLinesAfter(ByteBuffer base, ByteBuffer text, int from) {
    int max = Math.min(base.limit(), text.limit()) - from;
    int length = 0;
    int lines = 0;
    while (length < max
        && base.get(base.limit() - length - 1) == text.get(text.limit() - length - 1)) {
      length++;
      if (startsLine(base, base.limit() - length, from)
          && startsLine(text, text.limit() - length, from)) {
        lines = length;
      }
    }
    return lines;
  }

  private static boolean startsLine(ByteBuffer text, int position, int from) {
    return position == from || text.get(position - 1) == '\n';
  }

  /**
   * Returns the start of each line between two offsets, and the end of the last; only the two
   * offsets if there are too many lines.
   */
  private static int[] lineStarts(ByteBuffer text, int from, int to) {
    int[] starts = new int[16];
    starts[0] = from;
    int count = 1;
    for (int i = from; i < to; i++) {
      if (text.get(i) == '\n' || i + 1 == to) {
        if (count > MAX_LINES) {
          return new int[] {from, to};
        }
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  ByteString encode() {
    int baseCount = baseLines.length - 1;
    int textCount = textLines.length - 1;
    int prefix = equalAfter(0, 0, baseCount, textCount);
    int suffix = equalBefore(baseCount, textCount, prefix, prefix);
    int baseEnd = baseCount - suffix;
    int textEnd = textCount - suffix;
    int baseDone = prefix;
    int textDone = prefix;
    int[] anchors = longestInOrder(uniquePairs(prefix, baseEnd, textEnd));
    for (int t = 0; t < anchors.length; t++) {
      int baseLine = anchors[t];
      int textLine = prefix + t;
      if (baseLine < baseDone || textLine < textDone) {
        continue;
      }
      int before = equalBefore(baseLine, textLine, baseDone, textDone);
      replace(baseDone, baseLine - before, textDone, textLine - before);
      int after = equalAfter(baseLine, textLine, baseEnd, textEnd);
      baseDone = baseLine + after;
      textDone = textLine + after;
    }
    replace(baseDone, baseEnd, textDone, textEnd);
    return ByteString.copyOf(delta.flip());
  }

  /** Returns the number of equal lines from these on, up to the ends. */
  private int equalAfter(int baseLine, int textLine, int baseEnd, int textEnd) {
    int count = 0;
    while (baseLine + count < baseEnd
        && textLine + count < textEnd
        && line(base, baseLines, baseLine + count)
            .equals(line(text, textLines, textLine + count))) {
      count++;
    }
    return count;
  }

  /** Returns the number of equal lines before these, down to the starts. */
  private int equalBefore(int baseLine, int textLine, int baseStart, int textStart) {
    int count = 0;
    while (baseLine - count > baseStart
        && textLine - count > textStart
        && line(base, baseLines, baseLine - count - 1)
            .equals(line(text, textLines, textLine - count - 1))) {
      count++;
    }
    return count;
  }

  private static ByteBuffer line(ByteBuffer text, int[] starts, int line) {
    return text.slice(starts[line], starts[line + 1] - starts[line]);
  }

  /** Returns for each line of the text from {@code from} on its only match in the base, or -1. */
  private int[] uniquePairs(int from, int baseEnd, int textEnd) {
    return new UniqueLines(new Lines(base, baseLines), new Lines(text, textLines))
        .pairs(from, baseEnd, textEnd);
  }

  /** Keeps the longest ascending series of the numbers that are not -1; the others become -1. */
  private static int[] longestInOrder(int[] numbers) {
    int[] ends = new int[numbers.length];
    int[] previous = new int[numbers.length];
    int length = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == UniqueLines.UNPAIRED) {
        continue;
      }
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (numbers[ends[middle]] < numbers[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[i] = low == 0 ? -1 : ends[low - 1];
      ends[low] = i;
      length = Math.max(length, low + 1);
    }
    int[] kept = new int[numbers.length];
    Arrays.fill(kept, UniqueLines.UNPAIRED);
    for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = previous[i]) {
      kept[i] = numbers[i];
    }
    return kept;
  }

  private void replace(int baseFrom, int baseTo, int textFrom, int textTo) {
    int start = baseLines[baseFrom];
    int end = baseLines[baseTo];
    int from = textLines[textFrom];
    int to = textLines[textTo];
    int common = base.slice(start, end - start).mismatch(text.slice(from, to - from));
    if (common < 0) {
      return;
    }
    if (!wholeLines) {
      start += common;
      from += common;
      while (end > start && to > from && base.get(end - 1) == text.get(to - 1)) {
        end--;
        to--;
      }
    }
    reserve(12 + to - from);
    delta.putInt(start).putInt(end).putInt(to - from).put(text.slice(from, to - from));
  }

  private void reserve(int bytes) {
    if (delta.remaining() < bytes) {
      delta =
          ByteBuffer.allocate(Math.addExact(delta.capacity(), Math.max(delta.capacity(), bytes)))
              .put(delta.flip());
    }
  }
}
