// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.server.repository.StoredRevision;

/**
 * A revision that may be served.
 *
 * @param revision the revision
 * @param link the number of a changeset that may be served and introduced it
 */
record ServedRevision(StoredRevision revision, int link) {
  /** Returns the number of the first changeset that introduced it: the order of its store. */
  int order() {
    return revision.links().findFirst().orElse(link);
  }
}
