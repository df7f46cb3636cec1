// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import org.hgwire.core.command.PathFilter;

/**
 * Which part of a repository a pull gets: the whole, or over version 2 of the protocol the files of
 * some paths, the newest generations of changesets, or both.
 *
 * @param paths the files whose revisions are pulled; manifests name all files whatever it is
 * @param depth how many generations of changesets are pulled: 1 for the heads or those that are
 *     wanted by name alone, 2 for their parents too; {@link #ALL_GENERATIONS} for all ancestors
 */
public record RepositoryPart(PathFilter paths, int depth) {
  /** The depth that leaves out no changeset. */
  public static final int ALL_GENERATIONS = Integer.MAX_VALUE;

  /** Everything. */
  public static final RepositoryPart WHOLE =
      new RepositoryPart(PathFilter.everything(), ALL_GENERATIONS);

  /** Checks the depth. */
  public RepositoryPart {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1 and is " + depth);
    }
  }

  /** Returns whether nothing is left out. */
  public boolean isWhole() {
    return hasAllPaths() && hasAllGenerations();
  }

  /** Returns whether the files of every path are in it. */
  public boolean hasAllPaths() {
    return paths.equals(PathFilter.everything());
  }

  /** Returns whether all ancestors are in it. */
  public boolean hasAllGenerations() {
    return depth == ALL_GENERATIONS;
  }
}
