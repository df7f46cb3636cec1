// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.DeltaFragments;
import org.hgwire.store.revlog.NewRevision.KnownDelta;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how the next revision of a revlog is stored: as a delta that came with it, if that is
 * against a parent, or short enough for a snapshot; as the shortest that can be made against a
 * parent; as a snapshot, that is a delta against one that the chain of a parent has; else as a
 * text. Not safe for use by several threads.
 */
final class ChunkChoice {
  private final RevlogKind kind;
  private final RevisionIndex index;
  private final NodeTable nodes;
  private final RevisionTexts texts;
  private final DeltaChains chains;
  private final ChunkCompressor compressor;
  private final int maxText;

  private int base;
  private StoredChunk chunk = new StoredChunk();

  ChunkChoice(
      RevlogKind kind,
      RevisionIndex index,
      NodeTable nodes,
      RevisionTexts texts,
      AppendSettings settings) {
    this.kind = kind;
    this.index = index;
    this.nodes = nodes;
    this.texts = texts;
    this.chains = new DeltaChains(index, settings.sparse());
    this.compressor = settings.compressor();
    this.maxText = settings.limits().maxText();
  }

  /** Returns the revision that the chosen chunk is a delta against, NONE if it is the text. */
  int base() {
    return base;
  }

  /** Returns the chosen chunk, valid until the next choice. */
  StoredChunk chunk() {
    return chunk;
  }

  /** Chooses. */
  void choose(NewRevision revision, byte[] text, int parent1, int parent2) throws IOException {
    if (!kind.deltas() || revision.flags() != 0 || text.length == 0 || index.count() == 0) {
      useText(text);
      return;
    }
    KnownDelta known = revision.delta();
    int knownBase = known == null ? Revlog.NONE : usableBase(known, parent1, parent2, text);
    if (known != null && knownBase != Revlog.NONE) {
      byte[] delta = bytes(known.bytes());
      boolean ofParent = knownBase == parent1 || knownBase == parent2;
      if (ofParent ? use(knownBase, delta, text) : useSnapshot(knownBase, delta, text)) {
        return;
      }
    }
    int[] parents = bases(parent1, parent2);
    if (useShortest(parents, knownBase, known, text) || useSnapshot(parents, text)) {
      return;
    }
    useText(text);
  }

  /** Returns the base of a delta if it may be stored as it is, else NONE. */
  private int usableBase(KnownDelta known, int parent1, int parent2, byte[] text) {
    int found = known.base().isNull() ? Revlog.NONE : nodes.find(known.base());
    if (found == Revlog.NONE || !isBase(found) || known.bytes().remaining() > text.length) {
      return Revlog.NONE;
    }
    boolean isPossible = found == parent1 || found == parent2 || index.header().generalDelta();
    try {
      boolean fits =
          isPossible
              && Delta.resultLength(known.bytes(), index.textLength(found)) == text.length
              && (!kind.wholeLines() || insertsLines(known.bytes(), index.textLength(found), text));
      return fits && isNext(found) ? found : Revlog.NONE;
    } catch (WireProtocolException e) {
      return Revlog.NONE;
    }
  }

  /** Without general deltas, a delta is against the revision before. */
  private boolean isNext(int found) {
    return index.header().generalDelta() || found == index.count() - 1;
  }

  private boolean isBase(int revision) {
    return index.flags(revision) == 0 && index.textLength(revision) <= maxText;
  }

  /** Returns whether a delta inserts whole lines only. */
  private static boolean insertsLines(ByteBuffer delta, long baseLength, byte[] text) {
    DeltaFragments fragments = new DeltaFragments(delta, baseLength);
    int shift = 0;
    while (fragments.next()) {
      int start = fragments.start() + shift;
      int length = fragments.content().remaining();
      boolean begins = start == 0 || text[start - 1] == '\n';
      boolean ends = length == 0 || text[start + length - 1] == '\n';
      if (!begins || !ends) {
        return false;
      }
      shift += length - (fragments.end() - fragments.start());
    }
    return true;
  }

  /** Returns the revisions that a delta is made against: the parents, else the one before. */
  private int[] bases(int parent1, int parent2) {
    int last = index.count() - 1;
    int[] bases = new int[2];
    int count = 0;
    if (parent1 != Revlog.NONE && isNext(parent1) && isBase(parent1)) {
      bases[count++] = parent1;
    }
    if (parent2 != Revlog.NONE && parent2 != parent1 && isNext(parent2) && isBase(parent2)) {
      bases[count++] = parent2;
    }
    if (count == 0 && isBase(last)) {
      bases[count++] = last;
    }
    return Arrays.copyOf(bases, count);
  }

  private boolean useShortest(int[] bases, int knownBase, @Nullable KnownDelta known, byte[] text)
      throws IOException {
    int shortestBase = Revlog.NONE;
    byte[] shortest = null;
    if (known != null && knownBase != Revlog.NONE && !contains(bases, knownBase)) {
      shortestBase = knownBase;
      shortest = bytes(known.bytes());
    }
    for (int candidate : bases) {
      byte[] delta = delta(candidate, text);
      if (shortest == null || delta.length < shortest.length) {
        shortestBase = candidate;
        shortest = delta;
      }
    }
    return shortest != null && shortest.length <= text.length && use(shortestBase, shortest, text);
  }

  private boolean useSnapshot(int[] bases, byte[] text) throws IOException {
    if (bases.length == 0 || !index.header().generalDelta()) {
      return false;
    }
    int[] snapshots = chains.snapshots(bases[0]);
    for (int i = snapshots.length - 1; i >= 0; i--) {
      int candidate = snapshots[i];
      if (contains(bases, candidate) || !isBase(candidate)) {
        continue;
      }
      if (useSnapshot(candidate, delta(candidate, text), text)) {
        return true;
      }
    }
    return false;
  }

  private boolean useSnapshot(int candidate, byte[] delta, byte[] text) {
    return delta.length <= text.length / 2
        && use(candidate, delta, text)
        && chunk.length() <= index.storedLength(candidate) / 2;
  }

  private static boolean contains(int[] revisions, int revision) {
    return Arrays.stream(revisions).anyMatch(each -> each == revision);
  }

  private byte[] delta(int candidate, byte[] text) throws IOException {
    ByteBuffer of = ByteBuffer.wrap(texts.read(candidate));
    ByteBuffer to = ByteBuffer.wrap(text);
    return (kind.wholeLines() ? Delta.betweenLines(of, to) : Delta.between(of, to)).toByteArray();
  }

  private boolean use(int candidate, byte[] delta, byte[] text) {
    chunk = compressor.compress(delta, delta.length);
    base = candidate;
    return chains.accept(candidate, chunk.length(), text.length);
  }

  private void useText(byte[] text) {
    chunk = compressor.compress(text, text.length);
    base = Revlog.NONE;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  /** Returns what the field of the base of a delta says, which is the last revision but one. */
  int baseField(int revision) {
    if (base == Revlog.NONE) {
      return revision;
    }
    return index.header().generalDelta() ? base : chains.bottom(base);
  }

  /** Returns the revision of a parent. */
  int parent(Node node) {
    if (node.isNull()) {
      return Revlog.NONE;
    }
    int found = nodes.find(node);
    if (found == Revlog.NONE) {
      throw new IllegalArgumentException("the parent " + node + " is not in the revlog");
    }
    return found;
  }
}
