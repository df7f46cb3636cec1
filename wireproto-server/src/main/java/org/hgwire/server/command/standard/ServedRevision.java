// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.server.repository.StoredRevision;

/**
 * A revision that may be served.
 *
 * @param revision the revision
 * @param link the number of the changeset it is linked to: one that may be served
 */
record ServedRevision(StoredRevision revision, int link) {
  /** Returns the number of the first changeset that introduced it, which orders a store. */
  int order() {
    return revision.links().findFirst().orElse(link);
  }
}
