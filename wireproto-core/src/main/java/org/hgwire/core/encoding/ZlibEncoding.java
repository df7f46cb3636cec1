// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.util.zip.Deflater;
import org.hgwire.core.WireLimits;

/**
 * The {@code zlib} profile: one zlib stream (RFC 1950) for the whole protocol stream, flushed and
 * never ended. Memory: about 256 KiB per encoder, 40 KiB and one slice per decoder.
 */
public final class ZlibEncoding implements ContentEncoding {
  /** The name on the wire. */
  public static final String NAME = "zlib";

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
  public ContentEncoder newEncoder() {
    return new ZlibEncoder(level);
  }

  @Override
  public ContentDecoder newDecoder(WireLimits limits) {
    return new ZlibDecoder(limits);
  }
}
