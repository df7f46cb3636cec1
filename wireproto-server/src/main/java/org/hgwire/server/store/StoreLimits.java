// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.nio.file.Path;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.RevlogLimits;

/**
 * What reading one repository may take. What exceeds a limit is a {@link StoreException} of the
 * kind {@code TOO_LARGE}.
 *
 * @param revlogs the limits of each revlog
 * @param maxListedFiles how many files a changeset may list ({@link WireLimit#MAX_LISTED_FILES})
 * @param maxNames the size in bytes of the bookmarks, of the local tags, and of the names of the
 *     branches ({@link WireLimit#MAX_STORED_NAMES})
 * @param maxMarkers the size in bytes of the obsolescence markers ({@link
 *     WireLimit#MAX_STORED_MARKERS})
 */
public record StoreLimits(RevlogLimits revlogs, int maxListedFiles, int maxNames, long maxMarkers) {
  /** Returns those of {@code limits} that concern repositories on disk. */
  public static StoreLimits of(WireLimits limits) {
    return new StoreLimits(
        RevlogLimits.of(limits),
        limits.intOf(WireLimit.MAX_LISTED_FILES),
        limits.intOf(WireLimit.MAX_STORED_NAMES),
        limits.of(WireLimit.MAX_STORED_MARKERS));
  }

  /** Returns the defaults for the heap that this process may use. */
  public static StoreLimits defaults() {
    return of(WireLimits.defaults().forHeap(Runtime.getRuntime().maxMemory()));
  }

  /** Checks the size of a file with names. */
  void requireNames(Path file, FileIdentity identity) throws StoreException {
    require(file, identity, maxNames, WireLimit.MAX_STORED_NAMES);
  }

  /** Checks the size of the obsolescence markers. */
  void requireMarkers(Path file, FileIdentity identity) throws StoreException {
    require(file, identity, maxMarkers, WireLimit.MAX_STORED_MARKERS);
  }

  private static void require(Path file, FileIdentity identity, long max, WireLimit limit)
      throws StoreException {
    if (identity.size() > max) {
      throw new StoreException(
          StoreException.Kind.TOO_LARGE,
          "the file "
              + file
              + " has "
              + identity.size()
              + " bytes, which exceeds the limit of "
              + max
              + " ("
              + limit
              + ")");
    }
  }
}
