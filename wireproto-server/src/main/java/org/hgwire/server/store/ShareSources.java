// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
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
   * Returns whether the store of a repository may be used.
   *
   * @param directory the directory that has the {@code .hg} of the source
   * @throws IOException if it does not exist
   */
  boolean allows(Path directory) throws IOException {
    if (below == null) {
      return true;
    }
    Path real = directory.toRealPath();
    return RepositoryTree.isBelow(below, real) || named.contains(real);
  }
}
