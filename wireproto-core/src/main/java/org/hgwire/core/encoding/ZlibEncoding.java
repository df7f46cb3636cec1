// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.util.zip.Deflater;
import org.hgwire.core.WireLimits;

/**
 * The {@code zlib} profile: one zlib stream (RFC 1950) for the whole protocol stream, flushed and
 * never ended. Memory: outside the heap 272 KiB per encoder and 48 KiB per decoder; in it, 8 KiB
 * per encoder and one slice per decoder.
 */
public final class ZlibEncoding implements ContentEncoding {
  /** The name on the wire. */
  public static final String NAME = "zlib";

  private static final long ENCODER_BYTES = 272 * 1024;
  private static final long DECODER_BYTES = 48 * 1024;

  private final int level;

  /** Makes the encoding with zlib's default level. */
  public ZlibEncoding() {
    this(Deflater.DEFAULT_COMPRESSION);
  }

  /**
   * Makes the encoding.
   *
   * @param level 0 (no compression) to 9 (best), or -1 for zlib's default
   */
  public ZlibEncoding(int level) {
    if (level < Deflater.DEFAULT_COMPRESSION || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("the zlib level must be -1 to 9, not " + level);
    }
    this.level = level;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long encoderBytes() {
    return ENCODER_BYTES;
  }

  @Override
  public long decoderBytes(WireLimits limits) {
    return DECODER_BYTES;
  }

  @Override
  public ContentEncoder newEncoder() {
    return new ZlibEncoder(level);
  }

  @Override
  public ContentDecoder newDecoder(WireLimits limits) {
    return new ZlibDecoder(limits);
  }
}
