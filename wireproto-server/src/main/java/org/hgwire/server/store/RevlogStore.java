// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.BitSet;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a revlog that belong to a state: those whose changeset is one of its first ones.
 */
final class RevlogStore implements RevisionStore {
  private final LogSource source;

  /** The number of changesets of the state. */
  private final int changesets;

  RevlogStore(LogSource source, int changesets) {
    this.source = source;
    this.changesets = changesets;
  }

  /** Returns whether there is no revlog, or one without revisions. */
  boolean isEmpty() throws IOException {
    Revlog log = source.log();
    return log == null || log.count() == 0;
  }

  @Override
  public @Nullable RevlogRevision find(Node node) throws IOException {
    Revlog log = source.log();
    int revision = log == null || node.isNull() ? Revlog.NONE : log.find(node);
    return log == null || revision == Revlog.NONE || log.link(revision) >= changesets
        ? null
        : new RevlogRevision(source, log, revision);
  }

  @Override
  public RevisionCursor introducedBy(BitSet wanted) throws IOException {
    Revlog log = source.log();
    if (log == null) {
      return () -> null;
    }
    return new RevisionCursor() {
      private int next;

      @Override
      public @Nullable RevlogRevision next() {
        while (next < log.count()) {
          int revision = next++;
          int link = log.link(revision);
          if (link < changesets && wanted.get(link)) {
            return new RevlogRevision(source, log, revision);
          }
        }
        return null;
      }
    };
  }

  @Override
  public String place() {
    return source.index().toString();
  }

  /** Returns false: a revlog has the first changeset of a revision only. */
  @Override
  public boolean recordsEveryLink() {
    return false;
  }
}
