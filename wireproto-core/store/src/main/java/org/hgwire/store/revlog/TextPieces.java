// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.revision.DeltaFragments;

/**
 * A text as a list of pieces: ranges of a base and of the deltas that were applied to it. A delta
 * costs the number of pieces, not the length of the text, which is copied once, at the end.
 *
 * <p>When there are many pieces, or the deltas together are longer than the text and 1 MiB, the
 * text is made in between: what is held are a base, deltas of as much again, the last delta, and
 * the text.
 */
final class TextPieces {
  private static final int MAX_PIECES = 8192;
  private static final int MAX_HELD = 1024 * 1024;

  private final List<byte[]> sources = new ArrayList<>();
  private Ranges current = new Ranges();
  private Ranges next = new Ranges();
  private long length;
  private long held;
  private long copied;

  /** Ranges of sources. */
  private static final class Ranges {
    int[] source = new int[16];
    int[] offset = new int[16];
    int[] length = new int[16];
    int count;

    void add(int fromSource, int fromOffset, int bytes) {
      if (bytes == 0) {
        return;
      }
      if (count == source.length) {
        source = Arrays.copyOf(source, count * 2);
        offset = Arrays.copyOf(offset, count * 2);
        length = Arrays.copyOf(length, count * 2);
      }
      source[count] = fromSource;
      offset[count] = fromOffset;
      length[count++] = bytes;
    }
  }

  TextPieces(byte[] base) {
    reset(base);
  }

  private void reset(byte[] text) {
    sources.clear();
    sources.add(text);
    current = new Ranges();
    current.add(0, 0, text.length);
    length = text.length;
    held = 0;
  }

  /** Returns the length of the text in bytes. */
  long length() {
    return length;
  }

  /** Returns how many bytes were copied so far to make texts in between. */
  long copied() {
    return copied;
  }

  /**
   * Applies a delta, whose array must not change until the text was made.
   *
   * @throws org.hgwire.core.WireProtocolException if it is malformed or not against this text
   */
  void apply(byte[] delta) {
    if (delta.length == 0) {
      return;
    }
    int source = sources.size();
    sources.add(delta);
    next.count = 0;
    DeltaFragments fragments = new DeltaFragments(ByteBuffer.wrap(delta), length);
    int piece = 0;
    int used = 0;
    long position = 0;
    long made = length;
    while (fragments.next()) {
      while (position < fragments.start()) {
        int part = (int) Math.min(current.length[piece] - used, fragments.start() - position);
        next.add(current.source[piece], current.offset[piece] + used, part);
        position += part;
        used += part;
        if (used == current.length[piece]) {
          piece++;
          used = 0;
        }
      }
      ByteBuffer content = fragments.content();
      next.add(source, content.arrayOffset() + content.position(), content.remaining());
      made += content.remaining() - (fragments.end() - fragments.start());
      while (position < fragments.end()) {
        int part = (int) Math.min(current.length[piece] - used, fragments.end() - position);
        position += part;
        used += part;
        if (used == current.length[piece]) {
          piece++;
          used = 0;
        }
      }
    }
    for (; piece < current.count; piece++) {
      next.add(current.source[piece], current.offset[piece] + used, current.length[piece] - used);
      used = 0;
    }
    Ranges before = current;
    current = next;
    next = before;
    length = made;
    held += delta.length;
  }

  /** Makes the text in between if there are many pieces. Its length must fit into an array. */
  void compact() {
    if (current.count > MAX_PIECES || held > Math.max(MAX_HELD, length)) {
      copied += length;
      reset(text());
    }
  }

  /** Returns the text, in a new array if a delta was applied. Its length must fit into an array. */
  byte[] text() {
    if (sources.size() == 1) {
      return sources.get(0);
    }
    byte[] text = new byte[(int) length];
    int position = 0;
    for (int i = 0; i < current.count; i++) {
      System.arraycopy(
          sources.get(current.source[i]), current.offset[i], text, position, current.length[i]);
      position += current.length[i];
    }
    return text;
  }
}
