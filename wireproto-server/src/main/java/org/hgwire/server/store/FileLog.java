// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** The log of one file, opened by {@link FileLogs} when it is asked for. */
final class FileLog implements LogSource {
  private final FileLogs logs;
  private final RevlogPath path;

  FileLog(FileLogs logs, RevlogPath path) {
    this.logs = logs;
    this.path = path;
  }

  @Override
  public Path index() {
    return path.index();
  }

  /** Returns where the log is. */
  RevlogPath path() {
    return path;
  }

  @Override
  public @Nullable Revlog log() throws IOException {
    return logs.open(this);
  }

  @Override
  public IOException explain(IOException failure) {
    return logs.explain(failure);
  }
}
