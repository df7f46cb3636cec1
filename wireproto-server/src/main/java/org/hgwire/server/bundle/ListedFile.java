// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The missing revisions of a file that outgoing changesets list. If there are none, it is checked
 * that the first of these changesets has none: a log that is not there would be silence otherwise.
 */
final class ListedFile implements MissingRevisions {
  /** Checks that there is nothing to send. */
  interface Check {
    /**
     * Checks it.
     *
     * @throws IOException if a revision is not there, or the repository cannot be read
     */
    void run() throws IOException;
  }

  private final MissingRevisions revisions;
  private final Check check;
  private boolean begun;

  ListedFile(MissingRevisions revisions, Check check) {
    this.revisions = revisions;
    this.check = check;
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    StoredRevision revision = revisions.next();
    if (revision == null && !begun) {
      check.run();
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
