// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A repository as requests get it: open while it has snapshots, and opened again when it was closed
 * in the meantime. Read-only. Equal to every other one of the same location.
 */
record SharedRepository<R extends Repository & Closeable>(
    OpenRepositories<R> open, RepositoryLocation location) implements Repository {
  @Override
  public RepositorySnapshot snapshot() throws IOException {
    OpenRepository<R> entry = open.acquire(location);
    boolean done = false;
    try {
      RepositorySnapshot snapshot =
          new LeasedSnapshot(entry.repository().snapshot(), () -> open.release(entry));
      done = true;
      return snapshot;
    } finally {
      if (!done) {
        open.release(entry);
      }
    }
  }

  @Override
  public @Nullable ByteString id() throws IOException {
    OpenRepository<R> entry = open.acquire(location);
    try {
      return entry.repository().id();
    } finally {
      open.release(entry);
    }
  }

  /** Opens the repository if it is closed. */
  void check() throws IOException {
    open.release(open.acquire(location));
  }
}
