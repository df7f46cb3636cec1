// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** Where a revlog comes from: kept open with the state, or opened when it is asked for. */
interface LogSource {
  /**
   * Returns the revlog, open, or null if there is none.
   *
   * @throws IOException if it cannot be read
   */
  @Nullable Revlog log() throws IOException;

  /** Returns the file of the index, for messages. */
  Path index();

  /**
   * Returns what a failure to read means: that the repository was changed meanwhile, or what it
   * says.
   */
  IOException explain(IOException failure);
}
