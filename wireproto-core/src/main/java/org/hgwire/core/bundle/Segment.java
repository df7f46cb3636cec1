// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import org.hgwire.core.ByteString;

/** The segments of a changegroup, in its order (changegroups). */
public enum Segment {
  /** One delta group of changesets. */
  CHANGESETS,
  /** One delta group of manifests; with tree manifests, those of the root directory. */
  MANIFESTS,
  /** A delta group for each directory except the root; version 03 only. */
  TREE_MANIFESTS,
  /** A delta group for each file. */
  FILES;

  /** Returns whether the segment has one delta group per path. */
  boolean hasPaths() {
    return this == TREE_MANIFESTS || this == FILES;
  }

  /**
   * Returns whether {@code path} is valid in this segment: "Aside from the filenames in the
   * treemanifests segment containing a trailing / character, it behaves identically to the filelogs
   * segment" (changegroups, Treemanifests Segment). A path that no manifest can have is invalid.
   */
  boolean allows(ByteString path) {
    if (path.isEmpty() || !hasPaths()) {
      return path.isEmpty() && !hasPaths();
    }
    return (path.at(path.length() - 1) == '/') == (this == TREE_MANIFESTS)
        && path.indexOf((byte) 0, 0) < 0
        && path.indexOf((byte) '\n', 0) < 0;
  }
}
