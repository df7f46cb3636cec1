// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories a share may take its store from.
 *
 * @param below the directory below which it may lie, without symbolic links; null for any place
 * @param named further repositories, without symbolic links
 */
record ShareSources(@Nullable Path below, Set<Path> named) {
  /** Any repository: for those that the host has named itself. */
  static final ShareSources ANY = new ShareSources(null, Set.of());

  /** Copies the set. */
  ShareSources {
    named = Set.copyOf(named);
  }

  /**
   * Checks that a share may use the store of another repository.
   *
   * @param share the directory that has the {@code .hg} of the share
   * @param source the directory that has the {@code .hg} of the repository whose store it uses
   * @throws StoreException if it may not
   * @throws IOException if {@code source} does not exist
   */
  void check(Path share, Path source) throws IOException {
    if (below == null) {
      return;
    }
    Path real = source.toRealPath();
    if (!RepositoryTree.isBelow(below, real) && !named.contains(real)) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED,
          share
              + " shares the store of "
              + real
              + ", which is outside of "
              + below
              + " and is not served by a name of its own; name it");
    }
  }
}
