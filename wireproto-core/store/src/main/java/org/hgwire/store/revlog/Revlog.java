// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of the changelog, of the manifests or of a file, as the revlog had them when it was
 * opened ({@code hg help internals.revlogs}, version 1). What Mercurial appends later is not seen;
 * what it cuts off meanwhile is an error when it is read.
 *
 * <p>The index is held as it is in the file, 64 bytes a revision, and for lookups by node up to 16
 * bytes a revision more. What the index says of other revisions and of lengths was checked when it
 * was opened; whether a {@linkplain #link link} leads to a changeset, the caller checks. A file of
 * up to 256 KiB with chunks in it, as most file logs are, is read at once and nothing is left open.
 *
 * <p>Revisions are numbers from 0 to {@link #count()} - 1; others are an {@link
 * IndexOutOfBoundsException}. What cannot be read is a {@link StoreException} that names the file
 * and the revision. Safe for use by several threads.
 */
public final class Revlog implements Closeable {
  /** The number of a revision that does not exist. */
  public static final int NONE = -1;

  /** The flag of a revision whose text was replaced by a tombstone; the node is not its hash. */
  public static final int FLAG_CENSORED = 0x8000;

  /** The flag of a revision of a narrow clone; the node is not the hash of the text. */
  public static final int FLAG_ELLIPSIS = 0x4000;

  /** The flag of a revision whose text says where the content is; the node is the content's. */
  public static final int FLAG_EXTERNAL = 0x2000;

  /** The length in bytes from which a text that is no delta is inflated as it is read. */
  private static final int LARGE_TEXT = 1024 * 1024;

  /** The number of revisions up to which looking at each is faster than making a table. */
  private static final int FEW = 32;

  private final RevlogPath path;
  private final RevlogLimits limits;
  private final RevisionIndex index;
  private final long incompleteBytes;
  private final RevlogData data;
  private final RevlogFaults faults;
  private final RevlogChunks chunks;
  private final RevisionTexts texts;
  private volatile @Nullable NodeTable table;

  private Revlog(RevlogPath path, RevlogLimits limits, OpenedIndex opened, RevlogData data) {
    this.path = path;
    this.limits = limits;
    this.index = opened.index();
    this.incompleteBytes = opened.incompleteBytes();
    this.data = data;
    this.faults = new RevlogFaults(path.index());
    this.chunks = new RevlogChunks(index, data, limits, faults);
    this.texts = new RevisionTexts(index, chunks, limits, faults);
  }

  /**
   * Opens a revlog.
   *
   * @param index the file of the index; the data, if it is not in that file, is in the one with the
   *     same name and {@code .d} instead of {@code .i}
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws StoreException if the index cannot be read
   */
  public static Revlog open(Path index, RevlogLimits limits) throws IOException {
    return open(RevlogPath.of(index), limits);
  }

  /**
   * Opens a revlog.
   *
   * @throws java.nio.file.NoSuchFileException if there is no index
   * @throws StoreException if the index cannot be read
   */
  public static Revlog open(RevlogPath path, RevlogLimits limits) throws IOException {
    return open(path, limits, null);
  }

  /**
   * Opens the revlog again, and uses what this one has read of it where it is the same: the new one
   * costs little more than what was appended. If {@link #continues} then says that it is, all that
   * is known of these revisions holds there. This one stays open.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file any more
   * @throws StoreException if the index cannot be read
   */
  public Revlog reopen() throws IOException {
    Revlog newer = open(path, limits, index);
    NodeTable known = table;
    if (known != null && newer.continues(this)) {
      newer.table = newer.count() - known.count() <= FEW ? known : known.extended(newer.index);
    }
    return newer;
  }

  private static Revlog open(RevlogPath path, RevlogLimits limits, @Nullable RevisionIndex known)
      throws IOException {
    RevlogFaults faults = new RevlogFaults(path.index());
    BasicFileAttributes attributes =
        Files.readAttributes(path.index(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw faults.unsupported("it is no regular file; links are not followed");
    }
    OpenedIndex opened =
        new IndexReader(path.index(), limits, faults).read(attributes.size(), known);
    RevlogData inlineData = opened.inlineData();
    return new Revlog(
        path,
        limits,
        opened,
        inlineData == null ? data(path.data(), opened.index(), faults) : inlineData);
  }

  private static RevlogData data(Path file, RevisionIndex index, RevlogFaults faults)
      throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        return DataFile.open(file);
      } catch (FileNotFoundException e) {
        throw faults.damaged("its data file " + file + " cannot be opened");
      }
    }
    for (int r = 0; r < index.count(); r++) {
      if (index.storedLength(r) > 0) {
        throw faults.damaged("its data file " + file + " is missing, or no regular file");
      }
    }
    return WholeFile.EMPTY;
  }

  /** Returns the file of the index. */
  public Path path() {
    return path.index();
  }

  /** Returns the number of revisions. */
  public int count() {
    return index.count();
  }

  /**
   * Returns how many bytes follow the last revision: 0, unless the file was cut, or Mercurial was
   * about to append a revision.
   */
  public long incompleteBytes() {
    return incompleteBytes;
  }

  /** Returns whether the revisions of {@code older} are the first of this revlog. */
  public boolean continues(Revlog older) {
    if (older.count() == 0) {
      return true;
    }
    return older.count() <= count()
        && older.index.header().equals(index.header())
        && index.sharesEntries(older.index, older.count());
  }

  /** Returns the node of a revision. */
  public Node node(int revision) {
    return index.node(revision);
  }

  /** Returns the revision with that node, or {@link #NONE}. */
  public int find(Node node) {
    NodeTable known = table;
    if (known == null && count() > FEW) {
      known = NodeTable.of(index);
      table = known;
    }
    int found = known == null ? NONE : known.find(node);
    int revision = known == null ? 0 : known.count();
    for (; found == NONE && revision < count(); revision++) {
      if (index.hasNode(revision, node)) {
        found = revision;
      }
    }
    return found;
  }

  /** Returns the first parent, or {@link #NONE}. */
  public int parent1(int revision) {
    return index.parent1(revision);
  }

  /** Returns the second parent, or {@link #NONE}. */
  public int parent2(int revision) {
    return index.parent2(revision);
  }

  /** Returns the number of the changeset that introduced the revision, not negative. */
  public int link(int revision) {
    return index.link(revision);
  }

  /** Returns the flags, 16 bits: {@link #FLAG_CENSORED} and others, known or not. */
  public int flags(int revision) {
    return index.flags(revision);
  }

  /** Returns the length of the text in bytes, as the index says. */
  public long size(int revision) {
    return index.textLength(revision);
  }

  /** Returns the length of the chunk as it is stored, in bytes. */
  public int storedLength(int revision) {
    return index.storedLength(revision);
  }

  /**
   * Returns the revision that the chunk is a delta against, which is earlier, or {@link #NONE} if
   * the chunk is the text.
   */
  public int base(int revision) {
    return index.base(revision);
  }

  /**
   * Reads the chunk of a revision: a delta in the format of bundles, not checked, or the text.
   *
   * @return a read-only buffer
   * @throws StoreException if the chunk is damaged, has unknown flags, or is longer than {@link
   *     RevlogLimits#maxText()}
   */
  public ByteBuffer chunk(int revision) throws IOException {
    return ByteBuffer.wrap(chunks.read(revision)).asReadOnlyBuffer();
  }

  /**
   * Opens the text of a revision; of a censored one, that is its tombstone. A text that is stored
   * as a whole may have any length. The caller closes the stream, before the revlog.
   *
   * @throws StoreException here or when the stream is read, if the text is damaged, has unknown
   *     flags, or is a chain of deltas that exceeds the limits
   */
  public InputStream open(int revision) throws IOException {
    return index.base(revision) == NONE && index.textLength(revision) >= LARGE_TEXT
        ? LargeText.open(revision, index, chunks, faults)
        : new ByteArrayInputStream(texts.read(revision));
  }

  /**
   * Returns the text of a revision; of a censored one, that is its tombstone.
   *
   * @throws StoreException if the text is damaged, has unknown flags, or exceeds the limits
   */
  public ByteString text(int revision) throws IOException {
    return ByteString.copyOf(texts.read(revision));
  }

  /**
   * Checks that the node of a revision is the hash of its parents and its text. Of a revision with
   * flags, whose node is that of another text, only the text is read.
   *
   * @throws StoreException if it is not, or if the text cannot be read
   */
  public void verify(int revision) throws IOException {
    NodeHasher hasher = NodeHasher.of(nodeOf(parent1(revision)), nodeOf(parent2(revision)));
    byte[] buffer = new byte[16 * 1024];
    try (InputStream text = open(revision)) {
      for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
        hasher.update(ByteBuffer.wrap(buffer, 0, count));
      }
    }
    Node hash = hasher.finish();
    if (flags(revision) == 0 && !hash.equals(node(revision))) {
      throw faults.damaged(
          revision, "its text has the hash " + hash + " instead of " + node(revision));
    }
  }

  private Node nodeOf(int revision) {
    return revision == NONE ? Node.NULL : node(revision);
  }

  /** Closes the data file, if one is open. Closing twice has no effect. */
  @Override
  public void close() throws IOException {
    data.close();
  }
}
