// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.util.HexFormat;
import org.hgwire.store.StoreException;

/** Reads the chunks of a revlog. Safe for use by several threads. */
final class RevlogChunks {
  /** The flags that the text of a revision has the same meaning with. */
  private static final int KNOWN_FLAGS =
      Revlog.FLAG_CENSORED | Revlog.FLAG_ELLIPSIS | Revlog.FLAG_EXTERNAL;

  /** The length in bytes of the header of a fragment of a delta. */
  private static final long FRAGMENT_HEADER = 12;

  private final RevisionIndex index;
  private final RevlogData data;
  private final RevlogLimits limits;
  private final RevlogFaults faults;
  private final RecentChunks recent;

  RevlogChunks(RevisionIndex index, RevlogData data, RevlogLimits limits, RevlogFaults faults) {
    this(index, data, limits, faults, new RecentChunks(index.count()));
  }

  RevlogChunks(
      RevisionIndex index,
      RevlogData data,
      RevlogLimits limits,
      RevlogFaults faults,
      RecentChunks recent) {
    this.index = index;
    this.data = data;
    this.limits = limits;
    this.faults = faults;
    this.recent = recent;
  }

  /** Returns the content of the chunk of a revision, in an array that nobody may change. */
  byte[] read(int revision) throws IOException {
    byte[] known = recent.find(revision);
    if (known != null) {
      return known;
    }
    ChunkInflater inflater = InflaterPool.take();
    byte[] content;
    try {
      content = inflate(revision, inflater);
    } catch (IOException | RuntimeException | Error e) {
      inflater.close();
      throw e;
    }
    InflaterPool.giveBack(inflater);
    return content;
  }

  /** Like {@link #read(int)}, with an inflater of the caller. */
  byte[] read(int revision, ChunkInflater inflater) throws IOException {
    byte[] known = recent.find(revision);
    return known == null ? inflate(revision, inflater) : known;
  }

  private byte[] inflate(int revision, ChunkInflater inflater) throws IOException {
    requireKnownFlags(revision);
    int max = maxLength(revision);
    locate(revision, inflater.stored());
    byte[] content = inflater.inflate(revision, max, faults);
    if (index.base(revision) == Revlog.NONE && content.length != index.textLength(revision)) {
      throw faults.damaged(
          revision,
          "its text has " + content.length + " bytes instead of " + index.textLength(revision));
    }
    recent.keep(revision, content);
    return content;
  }

  /** Returns the position in the file of the chunk of a revision. */
  long position(int revision) {
    long entries = index.header().inline() ? (revision + 1L) * RevisionIndex.ENTRY : 0;
    return entries + index.offset(revision);
  }

  /** Reads {@code length} bytes of the chunk of a revision from {@code from} on. */
  void read(int revision, int from, int length, StoredChunk into) throws IOException {
    if (!data.read(position(revision) + from, length, into)) {
      throw faults.damaged(
          revision,
          "its chunk ends at byte "
              + (index.offset(revision) + index.storedLength(revision))
              + ", beyond the end of the file");
    }
  }

  private void locate(int revision, StoredChunk into) throws IOException {
    int length = index.storedLength(revision);
    // What cannot be compressed becomes a little longer.
    if (length > limits.maxText() + (limits.maxText() >> 10) + 64L) {
      throw tooLarge(revision, length);
    }
    read(revision, 0, length, into);
  }

  /** Returns how long the content of the chunk may be. */
  private int maxLength(int revision) throws StoreException {
    int length = index.textLength(revision);
    if (length > limits.maxText()) {
      throw tooLarge(revision, length);
    }
    int base = index.base(revision);
    if (base == Revlog.NONE) {
      return length;
    }
    // A fragment that replaces nothing by nothing is not needed.
    long fragments = 1L + length + index.textLength(base);
    return (int) Math.min(length + fragments * FRAGMENT_HEADER, limits.maxText() + FRAGMENT_HEADER);
  }

  /** Returns the error for a revision that exceeds the limit of texts. */
  StoreException tooLarge(int revision, int length) {
    return faults.tooLarge(
        revision,
        "has "
            + length
            + " bytes, which exceeds the limit of "
            + limits.maxText()
            + " (max-stored-text)");
  }

  void requireKnownFlags(int revision) throws StoreException {
    int unknown = index.flags(revision) & ~KNOWN_FLAGS;
    if (unknown != 0) {
      throw faults.unsupported(
          revision, "it has the unknown flags 0x" + HexFormat.of().toHexDigits((short) unknown));
    }
  }
}
