// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes wait that arrive for a response that is not being read: in memory up to these bounds,
 * beyond them in a temporary file, which is deleted when the response is closed. A response that
 * has no room on disk either, or whose file cannot be written, fails with a {@link
 * PeerProtocolException} whose code is {@code LIMIT}, after what arrived before was read; the
 * others continue.
 *
 * @param bytesPerResponse how much of one response waits in memory, in bytes
 * @param bytesPerExchange how much of all responses of one exchange waits in memory, in bytes
 * @param bytesOnDisk the maximum size of all temporary files of one exchange, in bytes
 * @param directory where temporary files go, or null for the directory of the platform
 */
public record SpillOptions(
    int bytesPerResponse, int bytesPerExchange, long bytesOnDisk, @Nullable Path directory) {
  /**
   * 1 MiB per response, 8 MiB per exchange, 16 GiB on disk per exchange, the platform's directory.
   */
  public static final SpillOptions DEFAULT = new SpillOptions(1 << 20, 8 << 20, 16L << 30, null);

  /** Checks the bounds. */
  public SpillOptions {
    if (bytesPerResponse < 0 || bytesPerExchange < 0 || bytesOnDisk < 0) {
      throw new IllegalArgumentException("the bounds of memory and disk must not be negative");
    }
  }

  /** Returns these options with other bounds in memory, in bytes. */
  public SpillOptions withBytesInMemory(int perResponse, int perExchange) {
    return new SpillOptions(perResponse, perExchange, bytesOnDisk, directory);
  }

  /** Returns these options with a directory for temporary files. */
  public SpillOptions withDirectory(Path directory) {
    return new SpillOptions(bytesPerResponse, bytesPerExchange, bytesOnDisk, directory);
  }

  /** Returns these options with another bound on disk. */
  public SpillOptions withBytesOnDisk(long bytesOnDisk) {
    return new SpillOptions(bytesPerResponse, bytesPerExchange, bytesOnDisk, directory);
  }
}
