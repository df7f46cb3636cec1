// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/** Reads one zstd frame. */
final class ZstdDecoder extends SliceDecoder {
  /**
   * The magic number of a frame, lowest byte first. It is checked here because the native library
   * also reads formats older than RFC 8478, which ignore the limit of the window, and skips
   * skippable frames.
   */
  private static final int MAGIC = 0xfd2f_b528;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final NativeInput nativeInput = new NativeInput();
  private final int maxWindowLog;
  private int magicSeen;

  ZstdDecoder(WireLimits limits) {
    super(Zstd8mbEncoding.NAME, limits);
    maxWindowLog = limits.intOf(WireLimit.MAX_ZSTD_WINDOW_LOG);
    context.setLongMax(maxWindowLog);
  }

  @Override
  boolean decode(ByteBuffer from, ByteBuffer to) {
    requireMagic(from);
    ByteBuffer read = nativeInput.next(from);
    boolean ended;
    try {
      ended = context.decompressByteBufferStream(to, read);
    } catch (ZstdException fault) {
      if (Zstd.getErrorCode(fault.getErrorCode()) == Zstd.errFrameParameterWindowTooLarge()) {
        throw fail(
            WireErrorCode.LIMIT,
            "needs a window larger than the 2^" + maxWindowLog + " bytes that are allowed");
      }
      throw corrupt("is damaged");
    }
    NativeInput.advance(from, read);
    return ended;
  }

  private void requireMagic(ByteBuffer from) {
    for (int i = 0; magicSeen < Integer.BYTES && i < from.remaining(); i++) {
      if (from.get(from.position() + i) != (byte) (MAGIC >>> (8 * magicSeen))) {
        throw corrupt("does not begin with a zstd frame");
      }
      magicSeen++;
    }
  }

  @Override
  void free() {
    nativeInput.free();
    context.close();
  }
}
