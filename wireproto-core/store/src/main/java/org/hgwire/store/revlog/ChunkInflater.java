// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hgwire.core.encoding.ZstdLibrary;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Inflates chunks (revlogs, Revision Entries), one after the other with the same native contexts.
 * Not safe for use by several threads; closing it frees what is outside the heap.
 */
final class ChunkInflater implements Closeable {
  /** The first byte of a chunk that is a text or delta itself, that byte included. */
  static final byte WHOLE = 0;

  /** The first byte of a chunk that is followed by the text or delta. */
  static final byte RAW = 'u';

  /** The first byte of a stream of zlib. */
  static final byte ZLIB = 'x';

  /** The first byte of a frame of zstd. */
  static final byte ZSTD = '(';

  private static final int ZSTD_MAGIC = 0x28b5_2ffd;
  private static final int FIRST_SCRATCH = 16 * 1024;
  private static final int MAX_KEPT = 1024 * 1024;

  /** How many bytes zlib makes of one at most, rounded up. */
  private static final long MAX_ZLIB_EXPANSION = 1040;

  private final Inflater inflater = new Inflater();
  private final StoredChunk stored = new StoredChunk();
  private @Nullable ZstdDecompressCtx zstd;
  private byte[] scratch = new byte[FIRST_SCRATCH];

  /** Returns what the next chunk is to be read into. */
  StoredChunk stored() {
    return stored;
  }

  /**
   * Returns the content of the chunk in {@link #stored()} in a new array.
   *
   * @param revision the revision of the chunk, for errors
   * @param max the maximum length in bytes of the content
   * @throws StoreException if the chunk is malformed, or its content longer
   */
  byte[] inflate(int revision, int max, RevlogFaults faults) throws StoreException {
    if (stored.length() == 0) {
      return new byte[0];
    }
    return switch (stored.at(0)) {
      case WHOLE -> raw(revision, 0, max, faults);
      case RAW -> raw(revision, 1, max, faults);
      case ZLIB -> zlib(revision, max, faults);
      case ZSTD -> zstd(revision, max, faults);
      default -> throw unknown(revision, stored.at(0), faults);
    };
  }

  /** Returns the error for a chunk that begins with a byte that no compression has. */
  static StoreException unknown(int revision, byte first, RevlogFaults faults) {
    return faults.damaged(
        revision, "its chunk begins with the byte " + (first & 0xff) + ", which means nothing");
  }

  private byte[] raw(int revision, int skipped, int max, RevlogFaults faults)
      throws StoreException {
    int length = stored.length() - skipped;
    if (length > max) {
      throw tooLong(revision, max, faults);
    }
    int begin = stored.offset() + skipped;
    return Arrays.copyOfRange(stored.bytes(), begin, begin + length);
  }

  private byte[] zlib(int revision, int max, RevlogFaults faults) throws StoreException {
    inflater.reset();
    inflater.setInput(stored.bytes(), stored.offset(), stored.length());
    int length = 0;
    try {
      while (true) {
        int count = inflater.inflate(scratch, length, scratch.length - length);
        length += count;
        if (length > max) {
          throw tooLong(revision, max, faults);
        }
        if (inflater.finished()) {
          break;
        }
        if (inflater.needsInput() || inflater.needsDictionary()) {
          throw faults.damaged(revision, "the zlib stream of its chunk has no end");
        }
        if (length == scratch.length) {
          scratch = Arrays.copyOf(scratch, grown(max));
        }
      }
    } catch (DataFormatException e) {
      throw faults.damaged(revision, "its chunk is no zlib stream", e);
    }
    if (inflater.getRemaining() > 0) {
      throw faults.damaged(revision, "its chunk goes on after the end of the zlib stream");
    }
    return Arrays.copyOf(scratch, length);
  }

  /** Returns the next length of the scratch array, which may have one byte more than is allowed. */
  private int grown(int max) {
    long expansion = Math.min(max + 1L, stored.length() * MAX_ZLIB_EXPANSION);
    return (int) Math.max(scratch.length + 64L, Math.min(scratch.length * 4L, expansion));
  }

  private byte[] zstd(int revision, int max, RevlogFaults faults) throws StoreException {
    if (ZstdLibrary.problem().isPresent()) {
      throw faults.unsupported(revision, ZstdLibrary.problem().get());
    }
    byte[] bytes = stored.bytes();
    int offset = stored.offset();
    int length = stored.length();
    // The library would also read formats of before RFC 8478, and skip skippable frames.
    if (length < Integer.BYTES || ByteBuffer.wrap(bytes).getInt(offset) != ZSTD_MAGIC) {
      throw faults.damaged(revision, "its chunk is no zstd frame");
    }
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    long size = Zstd.getFrameContentSize(bytes, offset, length);
    if (size > max) {
      throw tooLong(revision, max, faults);
    }
    try {
      return size >= 0
          ? sizedZstd(zstd, (int) size, revision, faults)
          : unsizedZstd(zstd, revision, max, faults);
    } catch (ZstdException e) {
      throw faults.damaged(revision, "its chunk is no zstd frame", e);
    }
  }

  private byte[] sizedZstd(ZstdDecompressCtx context, int size, int revision, RevlogFaults faults)
      throws StoreException {
    byte[] content = new byte[size];
    int count =
        context.decompressByteArray(
            content, 0, size, stored.bytes(), stored.offset(), stored.length());
    if (count != size) {
      throw faults.damaged(revision, "the zstd frame of its chunk is shorter than it says");
    }
    return content;
  }

  /** Mercurial writes the length into each frame, but need not. */
  private byte[] unsizedZstd(ZstdDecompressCtx context, int revision, int max, RevlogFaults faults)
      throws StoreException {
    // The streaming calls of the library take direct buffers only.
    ByteBuffer input = ByteBuffer.allocateDirect(stored.length());
    input.put(stored.bytes(), stored.offset(), stored.length()).flip();
    ByteBuffer piece = ByteBuffer.allocateDirect(FIRST_SCRATCH);
    context.reset();
    int length = 0;
    boolean ended = false;
    while (!ended) {
      piece.clear();
      ended = context.decompressDirectByteBufferStream(piece, input);
      piece.flip();
      if (!ended && !piece.hasRemaining() && !input.hasRemaining()) {
        throw faults.damaged(revision, "the zstd frame of its chunk has no end");
      }
      if (length + piece.remaining() > max) {
        throw tooLong(revision, max, faults);
      }
      if (length + piece.remaining() > scratch.length) {
        scratch = Arrays.copyOf(scratch, (int) Math.min(max + 1L, scratch.length * 4L));
      }
      int count = piece.remaining();
      piece.get(scratch, length, count);
      length += count;
    }
    if (input.hasRemaining()) {
      throw faults.damaged(revision, "its chunk goes on after the end of the zstd frame");
    }
    return Arrays.copyOf(scratch, length);
  }

  private static StoreException tooLong(int revision, int max, RevlogFaults faults) {
    return faults.damaged(
        revision, "its chunk has more than the " + max + " bytes that its length allows");
  }

  /** Releases what the last chunk has made large. */
  void release() {
    stored.release();
    if (scratch.length > MAX_KEPT) {
      scratch = new byte[FIRST_SCRATCH];
    }
  }

  @Override
  public void close() {
    inflater.end();
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
  }
}
