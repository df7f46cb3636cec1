// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How content is downloaded. Immutable; begin with {@link #DEFAULT}.
 *
 * @param directory where temporary files are created; null for the platform's directory
 * @param maxBytesOnDisk how long the temporary file of one download may become, in bytes
 * @param maxHttpRedirects how many HTTP redirects (3xx) in a row are followed, 0 to 5
 * @param releaseUnverified whether bytes are returned as they arrive, before they are verified
 * @param minRate how fast the content host has to send
 * @param received gets the number of bytes of each part of a body that arrived, on the thread that
 *     downloads
 */
public record DownloadOptions(
    @Nullable Path directory,
    long maxBytesOnDisk,
    int maxHttpRedirects,
    boolean releaseUnverified,
    MinRate minRate,
    LongConsumer received) {
  /** The platform's directory, 16 GiB, no HTTP redirects, verified bytes alone. */
  public static final DownloadOptions DEFAULT =
      new DownloadOptions(
          null, 16L << 30, 0, false, new MinRate(1000, Duration.ofSeconds(60)), count -> {});

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

  /** Returns these options with another directory; null for the platform's. */
  public DownloadOptions withDirectory(@Nullable Path path) {
    return new DownloadOptions(
        path, maxBytesOnDisk, maxHttpRedirects, releaseUnverified, minRate, received);
  }

  /** Returns these options with another bound of the temporary file. */
  public DownloadOptions withMaxBytesOnDisk(long bytes) {
    return new DownloadOptions(
        directory, bytes, maxHttpRedirects, releaseUnverified, minRate, received);
  }

  /** Returns these options with another bound of HTTP redirects. */
  public DownloadOptions withMaxHttpRedirects(int hops) {
    return new DownloadOptions(
        directory, maxBytesOnDisk, hops, releaseUnverified, minRate, received);
  }

  /** Returns these options with {@code releaseUnverified} set. */
  public DownloadOptions withReleaseUnverified(boolean release) {
    return new DownloadOptions(
        directory, maxBytesOnDisk, maxHttpRedirects, release, minRate, received);
  }

  /** Returns these options with another minimum rate. */
  public DownloadOptions withMinRate(MinRate rate) {
    return new DownloadOptions(
        directory, maxBytesOnDisk, maxHttpRedirects, releaseUnverified, rate, received);
  }

  /** Returns these options with another receiver of byte counts. */
  public DownloadOptions withReceived(LongConsumer counter) {
    return new DownloadOptions(
        directory, maxBytesOnDisk, maxHttpRedirects, releaseUnverified, minRate, counter);
  }
}
