// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/**
 * The {@code zstd-8mb} profile: one zstd frame (RFC 8478) for the whole protocol stream, flushed
 * and never ended. "This profile allows decompressor window sizes of up to 8 MB."
 *
 * <p>Memory is outside the heap and allocated when there is data. An encoder needs the window of
 * its level and tables: at most 4 MiB with level 3, 96 MiB with level 19. A decoder needs the
 * window that the peer chose, at most 2<sup>{@link WireLimit#MAX_ZSTD_WINDOW_LOG}</sup> bytes, and
 * 256 KiB.
 */
public final class Zstd8mbEncoding implements ContentEncoding {
  /** The name on the wire. */
  public static final String NAME = "zstd-8mb";

  /** 2<sup>23</sup> bytes: 8 MiB. */
  static final int MAX_WINDOW_LOG = 23;

  private static final int DEFAULT_LEVEL = 3;
  private static final int MAX_LEVEL = 22;

  private static final long MIB = 1024 * 1024;

  /** Levels, and the memory in MiB of an encoder with that level or a lower one: as measured. */
  private static final int[][] ENCODER_MIB = {
    {2, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 16}, {12, 48}, {19, 96}, {20, 176}, {22, 656}
  };

  private static final long DECODER_TABLES = 256 * 1024;

  private final int level;

  /**
   * Makes the encoding with level 3.
   *
   * @throws UnsupportedOperationException if the {@linkplain ZstdLibrary native library} cannot be
   *     loaded
   */
  public Zstd8mbEncoding() {
    this(DEFAULT_LEVEL);
  }

  /**
   * Makes the encoding.
   *
   * @param level a level of zstd, 1 (fastest) to 22 (best); at every level the window is at most 8
   *     MiB
   * @throws UnsupportedOperationException if the {@linkplain ZstdLibrary native library} cannot be
   *     loaded
   */
  public Zstd8mbEncoding(int level) {
    if (level < 1 || level > MAX_LEVEL) {
      throw new IllegalArgumentException(
          "the zstd level must be 1 to " + MAX_LEVEL + ", not " + level);
    }
    ZstdLibrary.require();
    this.level = level;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long encoderBytes() {
    for (int[] upTo : ENCODER_MIB) {
      if (level <= upTo[0]) {
        return upTo[1] * MIB;
      }
    }
    return ENCODER_MIB[ENCODER_MIB.length - 1][1] * MIB;
  }

  @Override
  public long decoderBytes(WireLimits limits) {
    return (1L << limits.intOf(WireLimit.MAX_ZSTD_WINDOW_LOG)) + DECODER_TABLES;
  }

  @Override
  public ContentEncoder newEncoder() {
    return new ZstdEncoder(level);
  }

  @Override
  public ContentDecoder newDecoder(WireLimits limits) {
    return new ZstdDecoder(limits);
  }
}
