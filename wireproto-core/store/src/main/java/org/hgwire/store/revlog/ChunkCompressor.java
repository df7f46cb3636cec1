// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses chunks (revlogs, Revision Entries) as Mercurial does, one after the other with the
 * same native context: with zstd or zlib, unless that makes them longer. Not safe for use by
 * several threads; closing it frees what is outside the heap.
 */
public final class ChunkCompressor implements Closeable {
  /** The level of zstd that Mercurial compresses with. */
  private static final int ZSTD_LEVEL = 3;

  /** The length in bytes below which compressing makes nothing shorter. */
  private static final int SHORT = 44;

  private static final int MAX_KEPT = 1024 * 1024;

  private final @Nullable ZstdCompressCtx zstd;
  private final @Nullable Deflater deflater;
  private final StoredChunk compressed = new StoredChunk();
  private byte[] scratch = new byte[16 * 1024];

  private ChunkCompressor(@Nullable ZstdCompressCtx zstd, @Nullable Deflater deflater) {
    this.zstd = zstd;
    this.deflater = deflater;
  }

  /** Returns a compressor that makes frames of zstd. */
  public static ChunkCompressor zstd() {
    return new ChunkCompressor(new ZstdCompressCtx().setLevel(ZSTD_LEVEL), null);
  }

  /** Returns a compressor that makes streams of zlib. */
  public static ChunkCompressor zlib() {
    return new ChunkCompressor(null, new Deflater());
  }

  /**
   * Makes a chunk.
   *
   * @return the chunk, valid until the next call
   */
  StoredChunk compress(byte[] content, int length) {
    int count = length < SHORT ? length : shortened(content, length);
    if (count < length) {
      compressed.pointTo(scratch, 0, count);
    } else if (length == 0 || content[0] == ChunkInflater.WHOLE) {
      compressed.pointTo(content, 0, length);
    } else {
      byte[] whole = room(length + 1);
      whole[0] = ChunkInflater.RAW;
      System.arraycopy(content, 0, whole, 1, length);
      compressed.pointTo(whole, 0, length + 1);
    }
    return compressed;
  }

  /** Compresses into the scratch array; returns the length, or {@code length} if it is no less. */
  private int shortened(byte[] content, int length) {
    if (zstd != null) {
      byte[] target = room((int) Zstd.compressBound(length));
      return Math.min(length, zstd.compressByteArray(target, 0, target.length, content, 0, length));
    }
    if (deflater == null) {
      throw new IllegalStateException("the compressor is closed");
    }
    byte[] target = room(length);
    deflater.reset();
    deflater.setInput(content, 0, length);
    deflater.finish();
    int count = deflater.deflate(target, 0, length);
    return deflater.finished() ? count : length;
  }

  private byte[] room(int length) {
    if (scratch.length < length || (scratch.length > MAX_KEPT && length < MAX_KEPT / 4)) {
      scratch = new byte[Math.max(length, 16 * 1024)];
    }
    return scratch;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
    if (deflater != null) {
      deflater.end();
    }
  }
}
