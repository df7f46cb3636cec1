// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Appends revisions to a revlog, new or not. What was appended can be read at once, and is a base
 * for deltas.
 *
 * <p>Holds the index, 64 bytes a revision and up to 16 for lookups by node, the last text, and what
 * is to be written: up to 128 KiB of a file log and 1 MiB of the others, and a chunk. It is written
 * then, and when the appender is closed. Nothing is open between, but the file of the chunks if old
 * ones were read.
 *
 * <p>Not safe for use by several threads.
 */
public final class RevlogAppender implements Closeable {
  private static final int ENTRY = RevisionIndex.ENTRY;

  /** How many bytes of chunks are collected before they are written. */
  private static final int PENDING = 1024 * 1024;

  private final RevlogFiles files;
  private final RevlogKind kind;
  private final RevisionIndex index;
  private final NodeTable nodes;
  private final AppendedData data;
  private final RevisionTexts texts;
  private final ChunkChoice choice;

  /** The length of the index before the transaction; NONE if it was replaced since. */
  private long indexBefore;

  private final long dataBefore;
  private final int firstLink;
  private int writtenEntries;
  private boolean closed;

  private RevlogAppender(
      RevlogFiles files, RevlogKind kind, AppendSettings settings, OpenedIndex opened, long length)
      throws IOException {
    this.files = files;
    this.kind = kind;
    RevlogFaults faults = new RevlogFaults(files.index());
    this.index = opened.index();
    this.nodes = NodeTable.of(index);
    RevlogData inlineData = opened.inlineData();
    boolean inline = index.header().inline();
    this.data =
        new AppendedData(
            inlineData == null ? dataFile() : inlineData, inline ? length : index.end());
    RevlogChunks chunks =
        new RevlogChunks(
            index,
            data,
            settings.limits(),
            faults,
            new RecentChunks(RevisionIndex.SEGMENT_ENTRIES));
    this.texts = new RevisionTexts(index, chunks, settings.limits(), faults);
    this.choice = new ChunkChoice(kind, index, nodes, texts, settings);
    this.writtenEntries = index.count();
    this.firstLink = kind == RevlogKind.CHANGELOG ? index.count() : settings.firstLink();
    int first = firstOfTransaction();
    long offset = first == index.count() ? index.end() : index.offset(first);
    this.indexBefore = (long) first * ENTRY + (inline ? offset : 0);
    this.dataBefore = inline ? 0 : offset;
  }

  /**
   * Opens a revlog to append to it.
   *
   * @throws org.hgwire.store.StoreException if its index cannot be read, or ends within a revision
   */
  public static RevlogAppender open(RevlogFiles files, RevlogKind kind, AppendSettings settings)
      throws IOException {
    BasicFileAttributes attributes = attributes(files);
    RevlogFaults faults = new RevlogFaults(files.index());
    if (attributes == null || attributes.size() == 0) {
      RevisionIndex none = new RevisionIndex(kind.header(), new byte[1][], 0);
      return new RevlogAppender(
          files, kind, settings, new OpenedIndex(none, 0, WholeFile.EMPTY), 0);
    }
    if (!attributes.isRegularFile()) {
      throw faults.unsupported("it is no regular file; links are not followed");
    }
    OpenedIndex opened =
        new IndexReader(files.index(), settings.limits(), faults).read(attributes.size(), null);
    if (opened.incompleteBytes() > 0) {
      throw faults.damaged("it ends within a revision");
    }
    return new RevlogAppender(files, kind, settings, opened, attributes.size());
  }

  private static @Nullable BasicFileAttributes attributes(RevlogFiles files) throws IOException {
    try {
      return Files.readAttributes(
          files.index(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private RevlogData dataFile() throws IOException {
    return Files.isRegularFile(files.data(), LinkOption.NOFOLLOW_LINKS)
        ? DataFile.open(files.data())
        : WholeFile.EMPTY;
  }

  /** Returns the number of the first revision that this transaction has appended. */
  private int firstOfTransaction() {
    int first = index.count();
    while (first > 0 && index.link(first - 1) >= firstLink) {
      first--;
    }
    return first;
  }

  /** Returns the number of revisions. */
  public int count() {
    return index.count();
  }

  /** Returns the revision with that node, or {@link Revlog#NONE}. */
  public int find(Node node) {
    return nodes.find(node);
  }

  /** Returns the node of a revision. */
  public Node node(int revision) {
    return index.node(revision);
  }

  /** Returns the first parent, or {@link Revlog#NONE}. */
  public int parent1(int revision) {
    return index.parent1(revision);
  }

  /** Returns the second parent, or {@link Revlog#NONE}. */
  public int parent2(int revision) {
    return index.parent2(revision);
  }

  /** Returns the number of the changeset that introduced the revision. */
  public int link(int revision) {
    return index.link(revision);
  }

  /** Returns the flags, as {@link Revlog#flags} does. */
  public int flags(int revision) {
    return index.flags(revision);
  }

  /**
   * Returns the text of a revision.
   *
   * @throws org.hgwire.store.StoreException if it is damaged, or exceeds the limits
   */
  public ByteString text(int revision) throws IOException {
    return ByteString.copyOf(texts.read(revision));
  }

  /** Like {@link #text}, in an array that must not be changed. */
  public byte[] sharedText(int revision) throws IOException {
    return texts.read(revision);
  }

  /**
   * Appends a revision, unless the revlog has one with that node.
   *
   * @return the number of the revision
   * @throws IllegalArgumentException if a parent is not in the revlog, or the link is to a
   *     changeset of before the transaction
   */
  public int append(NewRevision revision) throws IOException {
    if (closed) {
      throw new IllegalStateException("the revlog " + files.index() + " is closed");
    }
    int known = nodes.find(revision.node());
    if (known != Revlog.NONE) {
      return known;
    }
    if (revision.link() < firstLink) {
      throw new IllegalArgumentException(
          "the changeset " + revision.link() + " is older than the transaction");
    }
    int parent1 = choice.parent(revision.parent1());
    int parent2 = choice.parent(revision.parent2());
    byte[] text = revision.textBytes();
    choice.choose(revision, text, parent1, parent2);
    return add(entry(revision, parent1, parent2), choice.chunk(), text);
  }

  private byte[] entry(NewRevision revision, int parent1, int parent2) {
    ByteBuffer entry = ByteBuffer.allocate(ENTRY);
    entry.putLong(index.end() << 16 | (revision.flags() & 0xffff));
    entry.putInt(choice.chunk().length()).putInt(revision.text().remaining());
    entry.putInt(choice.baseField(index.count())).putInt(revision.link());
    entry.putInt(parent1).putInt(parent2);
    revision.node().write(entry);
    return entry.array();
  }

  private int add(byte[] entry, StoredChunk chunk, byte[] text) throws IOException {
    boolean inline = index.header().inline();
    if (inline
        && data.writtenLength() + data.pendingLength() + ENTRY + chunk.length()
            > kind.maxInline()) {
      split();
      inline = false;
    }
    if (index.count() == 0) {
      ByteBuffer.wrap(entry).putInt(0, index.header().encoded());
    }
    if (inline) {
      data.append(entry, 0, ENTRY);
    }
    data.append(chunk.bytes(), chunk.offset(), chunk.length());
    index.add(entry);
    nodes.grow();
    int revision = index.count() - 1;
    texts.keep(revision, text);
    if (!inline && data.pendingLength() > PENDING) {
      flush();
    }
    return revision;
  }

  /** Moves the chunks out of the index. */
  private void split() throws IOException {
    if (index.count() == 0) {
      index.split();
      return;
    }
    byte[] chunks = new byte[Math.toIntExact(index.end())];
    StoredChunk chunk = new StoredChunk();
    for (int r = 0; r < index.count(); r++) {
      int length = index.storedLength(r);
      if (!data.read((r + 1L) * ENTRY + index.offset(r), length, chunk)) {
        throw new RevlogFaults(files.index()).damaged(r, "its chunk is beyond the end of the file");
      }
      System.arraycopy(chunk.bytes(), chunk.offset(), chunks, (int) index.offset(r), length);
    }
    long at = data.writtenLength();
    data.restart(chunks);
    index.split();
    if (at == 0) {
      writtenEntries = 0;
      return;
    }
    writeData();
    ByteBuffer entries = ByteBuffer.allocate(index.count() * ENTRY);
    index.putEntries(0, index.count(), entries);
    files.replaceIndex(entries.flip(), at, indexBefore);
    writtenEntries = index.count();
    indexBefore = Revlog.NONE;
  }

  private void flush() throws IOException {
    if (index.header().inline()) {
      if (data.pendingLength() > 0) {
        files.writeIndex(data.pending(), data.writtenLength(), indexBefore);
        data.written(data.written());
      }
      return;
    }
    writeData();
    while (writtenEntries < index.count()) {
      int count = Math.min(index.count() - writtenEntries, RevisionIndex.SEGMENT_ENTRIES);
      ByteBuffer entries = ByteBuffer.allocate(count * ENTRY);
      index.putEntries(writtenEntries, count, entries);
      files.writeIndex(entries.flip(), (long) writtenEntries * ENTRY, indexBefore);
      writtenEntries += count;
    }
  }

  private void writeData() throws IOException {
    if (data.pendingLength() > 0) {
      files.writeData(data.pending(), data.writtenLength(), dataBefore);
      data.written(
          data.written() == WholeFile.EMPTY ? DataFile.open(files.data()) : data.written());
    }
  }

  /** Returns whether the appender is closed. */
  public boolean isClosed() {
    return closed;
  }

  /** Closes the appender without writing what is to be written. */
  public void discard() throws IOException {
    if (!closed) {
      closed = true;
      data.close();
    }
  }

  /** Writes what is to be written. Closing twice has no effect. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        flush();
      } finally {
        data.close();
      }
    }
  }
}
