// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The base of a delta.
 *
 * @param node the revision, or the null node
 * @param length the length of its text in bytes
 */
record DeltaBase(Node node, int length) {
  private static final DeltaBase NULL = new DeltaBase(Node.NULL, 0);

  /**
   * Returns the base of a delta that does not need it: none, except where the version of the
   * changegroup implies one (changegroups, Delta Groups).
   *
   * @param previous the revision before in the group, or null if it is the first
   */
  static DeltaBase ofText(
      ChangegroupVersion version,
      MissingRevisions revisions,
      StoredRevision revision,
      @Nullable StoredRevision previous)
      throws IOException {
    if (version != ChangegroupVersion.V01) {
      return NULL;
    }
    if (previous != null) {
      return of(previous);
    }
    if (revision.parent1().isNull()) {
      return NULL;
    }
    StoredRevision parent = revisions.find(revision.parent1());
    if (parent == null) {
      throw new IOException(
          "the repository is damaged: the parent "
              + revision.parent1()
              + " of the revision "
              + revision.node()
              + " is missing");
    }
    return of(parent);
  }

  private static DeltaBase of(StoredRevision revision) throws IOException {
    if (revision.size() > Integer.MAX_VALUE) {
      throw new IOException(
          "the revision "
              + revision.node()
              + " has "
              + revision.size()
              + " bytes, more than a changegroup can have");
    }
    return new DeltaBase(revision.node(), (int) revision.size());
  }
}
