// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Reads the file of an index: a small one at once, of a large one the entries only. */
final class IndexReader {
  /**
   * The size in bytes up to which a file is read at once: twice that of Mercurial's inline ones.
   */
  static final int WHOLE = RevisionIndex.SEGMENT_ENTRIES * RevisionIndex.ENTRY;

  private static final int ENTRY = RevisionIndex.ENTRY;
  private static final int STORED_LENGTH = 8;

  private final Path path;
  private final RevlogLimits limits;
  private final RevlogFaults faults;

  IndexReader(Path path, RevlogLimits limits, RevlogFaults faults) {
    this.path = path;
    this.limits = limits;
    this.faults = faults;
  }

  /**
   * Reads the index.
   *
   * @param size the length in bytes that the file is known to have
   * @param known an earlier state of the index, whose arrays are used where they are equal, or null
   */
  OpenedIndex read(long size, @Nullable RevisionIndex known) throws IOException {
    OpenedIndex opened = readEntries(size, known);
    RevisionIndex index = opened.index();
    index.check(0, faults);
    return opened;
  }

  private OpenedIndex readEntries(long size, @Nullable RevisionIndex known) throws IOException {
    try (InputStream input = new FileInputStream(path.toFile())) {
      byte[] first = new byte[(int) Math.min(size, WHOLE)];
      int read = input.readNBytes(first, 0, first.length);
      if (read < first.length) {
        return whole(Arrays.copyOf(first, read));
      }
      if (size <= WHOLE) {
        return whole(first);
      }
      RevlogHeader header = header(first);
      return header.inline() ? largeInline(size) : split(header, first, input, size, known);
    }
  }

  private OpenedIndex whole(byte[] bytes) throws StoreException {
    if (bytes.length < Integer.BYTES) {
      RevisionIndex none = new RevisionIndex(new RevlogHeader(true, true), new byte[0][], 0);
      return new OpenedIndex(none, bytes.length, WholeFile.EMPTY);
    }
    RevlogHeader header = header(bytes);
    if (!header.inline()) {
      int count = bytes.length / ENTRY;
      requireCount(count);
      RevisionIndex index = new RevisionIndex(header, new byte[][] {bytes}, count);
      return new OpenedIndex(index, bytes.length % ENTRY, null);
    }
    EntryCollector entries = new EntryCollector();
    int position = 0;
    while (bytes.length - position >= ENTRY) {
      int length = storedLength(bytes, position, entries.count());
      if (length > bytes.length - position - ENTRY) {
        break;
      }
      entries.add(bytes, position);
      position += ENTRY + length;
    }
    return inline(header, entries, bytes.length - position, new WholeFile(bytes));
  }

  private OpenedIndex split(
      RevlogHeader header,
      byte[] first,
      InputStream input,
      long size,
      @Nullable RevisionIndex known)
      throws IOException {
    requireCount(size / ENTRY);
    byte[][] segments = new byte[(int) ((size + WHOLE - 1) / WHOLE)][];
    long total = first.length;
    byte[] segment = first;
    int read = first.length;
    for (int number = 0; read > 0; number++) {
      byte[] equal = read == WHOLE ? equalOf(known, number, segment) : null;
      segments[number] = equal == null ? segment : equal;
      int next = (int) Math.min(WHOLE, size - total);
      if (equal == null || next < WHOLE) {
        segment = new byte[next];
      }
      read = input.readNBytes(segment, 0, next);
      total += read;
    }
    int count = (int) (total / ENTRY);
    return new OpenedIndex(new RevisionIndex(header, segments, count), total % ENTRY, null);
  }

  /** Returns the array of {@code known} that is equal to {@code segment}, or null. */
  private static byte @Nullable [] equalOf(
      @Nullable RevisionIndex known, int number, byte[] segment) {
    if (known == null || known.count() / RevisionIndex.SEGMENT_ENTRIES <= number) {
      return null;
    }
    byte[] other = known.segment(number);
    return Arrays.equals(other, segment) ? other : null;
  }

  /** Mercurial does not write such indexes: it splits them at 128 KiB. */
  private OpenedIndex largeInline(long size) throws IOException {
    DataFile file = DataFile.open(path);
    try {
      EntryCollector entries = new EntryCollector();
      StoredChunk entry = new StoredChunk();
      RevlogHeader header = null;
      long position = 0;
      while (file.read(position, ENTRY, entry)) {
        if (header == null) {
          header = RevlogHeader.of(ByteBuffer.wrap(entry.bytes()).getInt(entry.offset()), faults);
        }
        int length = storedLength(entry.bytes(), entry.offset(), entries.count());
        if (length > size - position - ENTRY) {
          break;
        }
        requireCount(entries.count() + 1L);
        entries.add(entry.bytes(), entry.offset());
        position += ENTRY + length;
      }
      if (header == null) {
        throw faults.damaged("it was cut while it was read");
      }
      return inline(header, entries, size - position, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private OpenedIndex inline(
      RevlogHeader header, EntryCollector entries, long incompleteBytes, RevlogData data)
      throws StoreException {
    requireCount(entries.count());
    RevisionIndex index = entries.index(header);
    long expected = 0;
    for (int r = 0; r < index.count(); r++) {
      if (index.offset(r) != expected) {
        throw faults.damaged(
            r, "its chunk is at byte " + expected + ", but its entry says " + index.offset(r));
      }
      expected += index.storedLength(r);
    }
    return new OpenedIndex(index, incompleteBytes, data);
  }

  private RevlogHeader header(byte[] bytes) throws StoreException {
    return RevlogHeader.of(ByteBuffer.wrap(bytes).getInt(), faults);
  }

  private int storedLength(byte[] bytes, int position, int revision) throws StoreException {
    int length = ByteBuffer.wrap(bytes).getInt(position + STORED_LENGTH);
    if (length < 0) {
      throw faults.damaged(revision, "its length is negative");
    }
    return length;
  }

  private void requireCount(long count) throws StoreException {
    if (count > limits.maxRevisions()) {
      throw faults.tooLarge(
          "has "
              + count
              + " revisions or more, which exceeds the limit of "
              + limits.maxRevisions()
              + " (max-stored-revisions)");
    }
  }
}
