// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes wait that arrive for a response nobody reads at the moment: in memory up to these
 * bounds, beyond them in a temporary file, which is deleted when the response is closed. A response
 * for which there is no room on disk either fails with a {@link PeerProtocolException} whose code
 * is {@code LIMIT}, after what came of it before; the others go on.
 *
 * @param bytesPerResponse how much of one response waits in memory, in bytes
 * @param bytesPerExchange how much of all responses of one exchange waits in memory, in bytes
 * @param bytesOnDisk how large the temporary files of one exchange are together at most, in bytes
 * @param directory where temporary files go, or null for the directory of the platform
 */
public record SpillOptions(
    int bytesPerResponse, int bytesPerExchange, long bytesOnDisk, @Nullable Path directory) {
  /** 1 MiB a response, 8 MiB an exchange, 16 GiB on disk, the platform's directory. */
  public static final SpillOptions DEFAULT = new SpillOptions(1 << 20, 8 << 20, 16L << 30, null);

  /** Checks the bounds. */
  public SpillOptions {
    if (bytesPerResponse < 0 || bytesPerExchange < 0 || bytesOnDisk < 0) {
      throw new IllegalArgumentException("bounds of memory and disk are not negative");
    }
  }

  /** Returns these options with another bound on disk. */
  public SpillOptions withBytesOnDisk(long bytesOnDisk) {
    return new SpillOptions(bytesPerResponse, bytesPerExchange, bytesOnDisk, directory);
  }
}
