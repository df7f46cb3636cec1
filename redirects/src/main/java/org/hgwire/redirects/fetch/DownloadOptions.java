// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How contents are downloaded. Immutable.
 *
 * @param directory where temporary files go, or null for the directory of the platform
 * @param maxBytesOnDisk how large the temporary file of one download is at most, in bytes
 * @param maxHttpRedirects how many HTTP redirects (3xx) in a row are followed, 0 to 5
 * @param releaseUnverified whether bytes are given out as they come, before they are verified
 * @param received is told of every so many bytes of a body that were received, on the thread that
 *     downloads
 */
public record DownloadOptions(
    @Nullable Path directory,
    long maxBytesOnDisk,
    int maxHttpRedirects,
    boolean releaseUnverified,
    LongConsumer received) {
  /** The platform's directory, 16 GiB, no HTTP redirects, nothing that is not verified. */
  public static final DownloadOptions DEFAULT =
      new DownloadOptions(null, 16L << 30, 0, false, count -> {});

  /** Checks the bounds. */
  public DownloadOptions {
    if (maxBytesOnDisk < 0) {
      throw new IllegalArgumentException("a bound on disk is not negative");
    }
    if (maxHttpRedirects < 0 || maxHttpRedirects > 5) {
      throw new IllegalArgumentException(
          "0 to 5 HTTP redirects may be followed, not " + maxHttpRedirects);
    }
  }
}
