// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.Map;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The missing revisions of a file that outgoing changesets list. At their end it is checked that
 * nothing was left out which a manifest names: a log that is cut, or is not there, would be silence
 * otherwise.
 */
final class ListedFile implements MissingRevisions {
  /** Checks what was not returned. */
  interface Check {
    /**
     * Checks it.
     *
     * @param named what manifests name and was not returned: changesets by the first 64 bits of the
     *     nodes of the file
     * @param none whether nothing was returned
     * @throws IOException if a revision is not there, or the repository cannot be read
     */
    void run(Map<Long, Integer> named, boolean none) throws IOException;
  }

  private final MissingRevisions revisions;
  private final Map<Long, Integer> named;
  private final Check check;
  private boolean begun;

  ListedFile(MissingRevisions revisions, NamedRevisions named, Check check) {
    this.revisions = revisions;
    this.named = named.byNode();
    this.check = check;
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    StoredRevision revision = revisions.next();
    if (revision == null) {
      check.run(named, !begun);
    } else {
      named.remove(revision.node().high());
    }
    begun = true;
    return revision;
  }

  @Override
  public int link() {
    return revisions.link();
  }

  @Override
  public boolean has(Node node) throws IOException {
    return revisions.has(node);
  }

  @Override
  public @Nullable StoredRevision find(Node node) throws IOException {
    return revisions.find(node);
  }
}
