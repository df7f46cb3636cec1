// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ExpansionBudget;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses bzip2 as it is read: one stream, after which nothing may follow. Holds one block, of
 * at most 900,000 bytes, and 4 MiB of tables for it. The only class that uses the optional library.
 */
final class Bzip2Bytes implements BundleBytes {
  private final BundleBytes rest;
  private final PieceStream compressed;
  private final ExpansionBudget expansion;
  private final byte[] piece = new byte[PIECE];
  private @Nullable BZip2CompressorInputStream decompressed;
  private @Nullable IOException failure;

  /**
   * Makes the decompression.
   *
   * @param start the first compressed bytes
   * @param rest the bytes that follow; closed with this
   */
  Bzip2Bytes(ByteBuffer start, BundleBytes rest, WireLimits limits) {
    this.expansion = new ExpansionBudget(limits);
    expansion.received(start.remaining());
    this.rest = rest;
    this.compressed = new PieceStream(start, this::nextCompressed);
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
        return accepted(count);
      }
    } catch (NoClassDefFoundError e) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The bundle is compressed with bzip2; to read it, add the artifact"
              + " org.apache.commons:commons-compress to the class path.",
          e);
    } catch (BundleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      IOException own = failure;
      if (own != null) {
        throw own;
      }
      throw new BundleException(
          BundleFault.UNREADABLE, "The bundle cannot be decompressed as bzip2: it is damaged.", e);
    }
    if (compressed.read() >= 0) {
      throw new BundleException(
          BundleFault.UNREADABLE, "The bundle continues after the end of its bzip2 stream.");
    }
    return null;
  }

  private ByteBuffer accepted(int count) throws BundleException {
    String excess = expansion.decompressed(count);
    if (excess != null) {
      throw new BundleException(BundleFault.UNREADABLE, "The bundle " + excess + ".");
    }
    return ByteBuffer.wrap(piece, 0, count);
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }

  /** Notes what the source throws, so that it is not reported as damage. */
  private @Nullable ByteBuffer nextCompressed() throws IOException {
    try {
      ByteBuffer next = rest.next();
      expansion.received(next == null ? 0 : next.remaining());
      return next;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
