// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ZlibEncoding;
import org.hgwire.core.encoding.Zstd8mbEncoding;
import org.jspecify.annotations.Nullable;

/** How the body of a bundle is compressed (bundles, Headers; bundle2, Stream Level Parameters). */
public enum BundleCompression {
  /** Uncompressed. */
  NONE("UN"),
  /** One zlib stream (RFC 1950), which bundlespecs call gzip. */
  ZLIB("GZ"),
  /** One bzip2 stream. {@link BundleDecoder} leaves it to its caller. */
  BZIP2("BZ"),
  /** One zstd frame (RFC 8478). HG20 only. */
  ZSTD("ZS");

  private final String code;

  BundleCompression(String code) {
    this.code = code;
  }

  /** Returns the compression with this code, or null. */
  static @Nullable BundleCompression of(String code) {
    for (BundleCompression compression : values()) {
      if (compression.code.equals(code)) {
        return compression;
      }
    }
    return null;
  }

  /** Returns the two letters that denote it in a bundle. */
  public String code() {
    return code;
  }

  /** Returns whether {@link BundleDecoder} can decompress it. */
  public boolean isBuiltIn() {
    return this != BZIP2;
  }

  /** Returns a decoder, or null if nothing is compressed or the caller decompresses. */
  @Nullable ContentDecoder newDecoder(WireLimits limits) {
    return switch (this) {
      case NONE, BZIP2 -> null;
      case ZLIB -> new ZlibEncoding().newDecoder(limits);
      case ZSTD ->
          new Zstd8mbEncoding()
              .newDecoder(
                  limits.with(
                      WireLimit.MAX_ZSTD_WINDOW_LOG,
                      limits.intOf(WireLimit.MAX_BUNDLE_WINDOW_LOG)));
    };
  }
}
