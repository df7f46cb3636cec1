// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.hgwire.core.WireProtocolException;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts from chains of deltas (revlogs, Delta Chains). Keeps the last one, as long as there
 * is memory, so that a walk of the revisions costs a delta each. Safe for use by several threads.
 */
final class RevisionTexts {
  /** How many times the longest text a chain may inflate and copy. */
  private static final long MAX_WORK = 64;

  private static final class Text {
    final int revision;
    final byte[] bytes;

    Text(int revision, byte[] bytes) {
      this.revision = revision;
      this.bytes = bytes;
    }
  }

  private final RevisionIndex index;
  private final RevlogChunks chunks;
  private final RevlogLimits limits;
  private final RevlogFaults faults;
  private volatile SoftReference<@Nullable Text> last = new SoftReference<>(null);

  RevisionTexts(
      RevisionIndex index, RevlogChunks chunks, RevlogLimits limits, RevlogFaults faults) {
    this.index = index;
    this.chunks = chunks;
    this.limits = limits;
    this.faults = faults;
  }

  /** Returns the text of a revision, in an array that nobody may change. */
  byte[] read(int revision) throws IOException {
    chunks.requireKnownFlags(revision);
    if (index.textLength(revision) > limits.maxText()) {
      throw chunks.tooLarge(revision, index.textLength(revision));
    }
    Text known = last.get();
    if (known != null && known.revision == revision) {
      return known.bytes;
    }
    ChunkInflater inflater = InflaterPool.take();
    byte[] text;
    try {
      text = read(revision, known, inflater);
    } catch (IOException | RuntimeException | Error e) {
      inflater.close();
      throw e;
    }
    InflaterPool.giveBack(inflater);
    keep(revision, text);
    return text;
  }

  /** Keeps the text of a revision, which is not changed from now on. */
  void keep(int revision, byte[] text) {
    last = new SoftReference<>(new Text(revision, text));
  }

  private byte[] read(int revision, @Nullable Text known, ChunkInflater inflater)
      throws IOException {
    int[] chain = new int[16];
    int deltas = 0;
    int bottom = revision;
    while (index.base(bottom) != Revlog.NONE && (known == null || known.revision != bottom)) {
      if (deltas == limits.maxChain()) {
        throw faults.tooLarge(
            revision,
            "is made from more than " + deltas + " deltas, which is the limit (max-stored-chain)");
      }
      if (deltas == chain.length) {
        chain = Arrays.copyOf(chain, deltas * 2);
      }
      chain[deltas++] = bottom;
      bottom = index.base(bottom);
    }
    byte[] base =
        known != null && known.revision == bottom ? known.bytes : chunks.read(bottom, inflater);
    TextPieces pieces = new TextPieces(base);
    long work = base.length;
    while (deltas > 0) {
      work += apply(chain[--deltas], pieces, inflater);
      if (work + pieces.copied() > MAX_WORK * limits.maxText()) {
        throw faults.tooLarge(
            revision, "is made from deltas of more than " + work + " bytes, which is too much");
      }
    }
    return pieces.text();
  }

  /** Applies the delta of a revision, and returns its length. */
  private int apply(int revision, TextPieces pieces, ChunkInflater inflater) throws IOException {
    byte[] delta = chunks.read(revision, inflater);
    try {
      pieces.apply(delta);
    } catch (WireProtocolException e) {
      throw faults.damaged(revision, "its delta does not fit: " + e.getMessage(), e);
    }
    requireLength(revision, pieces.length());
    pieces.compact();
    return delta.length;
  }

  private void requireLength(int revision, long length) throws StoreException {
    if (length != index.textLength(revision)) {
      throw faults.damaged(
          revision, "its text has " + length + " bytes instead of " + index.textLength(revision));
    }
  }
}
