// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;

/** How a bundle is written. */
public sealed interface BundleFormat {
  /** Returns the version of the changegroup. */
  ChangegroupVersion changegroup();

  /** Returns how the bundle itself is compressed. */
  default BundleCompression compression() {
    return BundleCompression.NONE;
  }

  /** Returns whether the format has parts; others consist of a changegroup alone. */
  default boolean hasParts() {
    return false;
  }

  /**
   * Parts ({@code hg help internals.bundle2}).
   *
   * @param changegroup the version of the changegroup, if there is one
   * @param compression how the parts are compressed; NONE in a response, which is compressed as a
   *     whole
   */
  record Hg20(ChangegroupVersion changegroup, BundleCompression compression)
      implements BundleFormat {
    /** Checks the compression. */
    public Hg20 {
      requireWritten(compression);
    }

    @Override
    public boolean hasParts() {
      return true;
    }
  }

  /**
   * A file of one changegroup 01 ({@code hg help internals.bundles}).
   *
   * @param compression NONE or ZLIB
   */
  record Hg10(BundleCompression compression) implements BundleFormat {
    /** Checks the compression. */
    public Hg10 {
      requireWritten(compression);
      if (compression == BundleCompression.ZSTD) {
        throw new IllegalArgumentException("HG10 has no zstd");
      }
    }

    @Override
    public ChangegroupVersion changegroup() {
      return ChangegroupVersion.V01;
    }
  }

  /** A changegroup 01 without a bundle around it, for clients that know no HG20. */
  record Bare() implements BundleFormat {
    @Override
    public ChangegroupVersion changegroup() {
      return ChangegroupVersion.V01;
    }
  }

  private static void requireWritten(BundleCompression compression) {
    if (compression == BundleCompression.BZIP2) {
      throw new IllegalArgumentException("bzip2 is not written");
    }
  }
}
