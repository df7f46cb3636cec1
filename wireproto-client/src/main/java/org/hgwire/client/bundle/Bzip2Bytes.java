// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses bzip2 while it is read: one stream, after which nothing follows. Holds one block,
 * which is at most 900,000 bytes, and 4 MiB of tables for it.
 */
final class Bzip2Bytes implements BundleBytes {
  private final Compressed compressed;
  private final byte[] piece = new byte[PIECE];
  private @Nullable BZip2CompressorInputStream decompressed;

  /**
   * Makes the decompression.
   *
   * @param begun the first compressed bytes
   * @param rest those that follow; closed with this
   */
  Bzip2Bytes(ByteBuffer begun, BundleBytes rest) {
    this.compressed = new Compressed(begun, rest);
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    try {
      BZip2CompressorInputStream in = decompressed;
      if (in == null) {
        in = new BZip2CompressorInputStream(compressed, false);
        decompressed = in;
      }
      int count = in.read(piece);
      if (count >= 0) {
        return ByteBuffer.wrap(piece, 0, count);
      }
    } catch (IOException | RuntimeException e) {
      IOException own = compressed.failure;
      if (own != null) {
        throw own;
      }
      throw new BundleException(
          BundleFault.UNREADABLE, "The bundle cannot be decompressed as bzip2: it is damaged.", e);
    }
    if (compressed.read() >= 0) {
      throw new BundleException(
          BundleFault.UNREADABLE, "The bundle goes on after the end of its bzip2 stream.");
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    compressed.rest.close();
  }

  /** What is compressed, as the library wants it; notes what its source throws. */
  private static final class Compressed extends InputStream {
    private final BundleBytes rest;
    private @Nullable ByteBuffer piece;
    private @Nullable IOException failure;

    Compressed(ByteBuffer begun, BundleBytes rest) {
      this.piece = begun;
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      ByteBuffer current = present();
      return current == null ? -1 : current.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      ByteBuffer current = present();
      if (current == null) {
        return -1;
      }
      int read = Math.min(count, current.remaining());
      current.get(target, offset, read);
      return read;
    }

    private @Nullable ByteBuffer present() throws IOException {
      ByteBuffer current = piece;
      while (current != null && !current.hasRemaining()) {
        try {
          current = rest.next();
        } catch (IOException e) {
          failure = e;
          throw e;
        }
        piece = current;
      }
      return current;
    }
  }
}
