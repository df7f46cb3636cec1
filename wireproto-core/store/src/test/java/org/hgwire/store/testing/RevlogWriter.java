// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/**
 * Writes a revlog, and keeps what is in it: revisions are added, changed at will, and written as
 * one file or two.
 */
public final class RevlogWriter {
  /** No revision. */
  public static final int NONE = -1;

  private static final int VERSION = 1;
  private static final int INLINE = 1 << 16;
  private static final int GENERAL_DELTA = 1 << 17;

  private final List<RevlogEntry> entries = new ArrayList<>();
  private final List<ByteString> chunks = new ArrayList<>();
  private final List<ByteString> texts = new ArrayList<>();
  private final boolean generalDelta;
  private int header;
  private long end;

  private RevlogWriter(int header) {
    this.header = header;
    this.generalDelta = (header & GENERAL_DELTA) != 0;
  }

  /** Makes a revlog in one file. */
  public static RevlogWriter inline() {
    return new RevlogWriter(VERSION | INLINE | GENERAL_DELTA);
  }

  /** Makes a revlog with a data file. */
  public static RevlogWriter split() {
    return new RevlogWriter(VERSION | GENERAL_DELTA);
  }

  /** Makes a revlog whose deltas are against the revision before. */
  public static RevlogWriter withoutGeneralDelta(boolean inline) {
    return new RevlogWriter(inline ? VERSION | INLINE : VERSION);
  }

  /** Sets the header, whatever it is. */
  public RevlogWriter header(int value) {
    header = value;
    return this;
  }

  /** Returns the number of revisions. */
  public int count() {
    return entries.size();
  }

  /** Returns the text of a revision, as it was added. */
  public ByteString text(int revision) {
    return texts.get(revision);
  }

  /** Returns the entry of a revision. */
  public RevlogEntry entry(int revision) {
    return entries.get(revision);
  }

  /** Adds a child of the last revision that is stored as a whole. */
  public RevlogWriter add(ByteString text, ChunkForm form) {
    return add(text, form, NONE);
  }

  /** Adds a child of the last revision that is stored as a delta, if {@code base} is one. */
  public RevlogWriter add(ByteString text, ChunkForm form, int base) {
    return add(text, form, base, count() - 1, NONE);
  }

  /** Adds a revision; its link is its own number. */
  public RevlogWriter add(ByteString text, ChunkForm form, int base, int parent1, int parent2) {
    ByteString content = base == NONE ? text : Delta.between(texts.get(base), text);
    Node node = NodeHasher.of(node(parent1), node(parent2)).update(text.asByteBuffer()).finish();
    return addChunk(form.encode(content), text, base, parent1, parent2, node);
  }

  /** Adds a revision whose chunk is given as it is stored. */
  public RevlogWriter addChunk(
      ByteString chunk, ByteString text, int base, int parent1, int parent2, Node node) {
    int revision = count();
    entries.add(
        new RevlogEntry(
            end,
            0,
            chunk.length(),
            text.length(),
            baseField(base),
            revision,
            parent1,
            parent2,
            node));
    chunks.add(chunk);
    texts.add(text);
    end += chunk.length();
    return this;
  }

  /** Without general delta the field has the first revision of the chain. */
  private int baseField(int base) {
    if (base == NONE) {
      return count();
    }
    if (generalDelta) {
      return base;
    }
    if (base != count() - 1) {
      throw new IllegalArgumentException("a delta against " + base + " needs general delta");
    }
    return entries.get(base).base();
  }

  /** Replaces the entry of a revision. */
  public RevlogWriter change(int revision, UnaryOperator<RevlogEntry> change) {
    entries.set(revision, change.apply(entries.get(revision)));
    return this;
  }

  private Node node(int revision) {
    return revision == NONE ? Node.NULL : entries.get(revision).node();
  }

  /** Writes the files and returns the index. */
  public Path write(Path index) throws IOException {
    boolean inline = (header & INLINE) != 0;
    int size = entries.size() * RevlogEntry.BYTES;
    ByteBuffer entriesOut = ByteBuffer.allocate(inline ? (int) (size + end) : size);
    ByteBuffer chunksOut = inline ? entriesOut : ByteBuffer.allocate((int) end);
    for (int r = 0; r < entries.size(); r++) {
      entries.get(r).write(entriesOut);
      chunks.get(r).putTo(chunksOut);
    }
    if (!entries.isEmpty()) {
      entriesOut.putInt(0, header);
    }
    if (!inline) {
      Files.write(data(index), chunksOut.array());
    }
    return Files.write(index, entriesOut.array());
  }

  /** Returns the data file of an index. */
  public static Path data(Path index) {
    return index.resolveSibling(index.getFileName().toString().replaceFirst("\\.i$", ".d"));
  }
}
