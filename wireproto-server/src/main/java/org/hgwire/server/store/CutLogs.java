// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;

/**
 * Tells revlogs that are being written from those that were cut. While a transaction runs, or was
 * interrupted, a log may end within an entry: what comes before is whole, and nothing that is
 * served needs the rest. Without a transaction it is damage, which nobody would notice who only
 * looks at what is left.
 */
final class CutLogs {
  private CutLogs() {}

  /** Returns whether {@code log} ends within an entry, and nobody is writing it. */
  static boolean isCut(RepositoryDirectory directory, Revlog log) {
    return log.incompleteBytes() > 0 && !directory.isInTransaction();
  }

  /** Returns the error for the log with this index. */
  static IOException cut(Path index, Revlog log) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "the revlog "
            + index
            + " is damaged: it ends within revision "
            + log.count()
            + ", after "
            + log.incompleteBytes()
            + " bytes of it; hg verify shows what else is");
  }
}
