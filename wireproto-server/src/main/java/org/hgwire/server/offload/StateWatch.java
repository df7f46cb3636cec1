// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A repository whose snapshots are watched: a response is kept for a state only if every snapshot
 * that it was made from was of that state.
 */
final class StateWatch implements Repository {
  private final Repository repository;
  private final ByteString stateId;
  private volatile boolean changed;

  StateWatch(Repository repository, ByteString stateId) {
    this.repository = repository;
    this.stateId = stateId;
  }

  /** Returns a new watch for the same state. */
  StateWatch again() {
    return new StateWatch(repository, stateId);
  }

  /** Returns whether a snapshot of another state was opened, or anything was written. */
  boolean changed() {
    return changed;
  }

  @Override
  public @Nullable ByteString id() throws IOException {
    return repository.id();
  }

  @Override
  public RepositorySnapshot snapshot() throws IOException {
    RepositorySnapshot snapshot = repository.snapshot();
    boolean same = false;
    try {
      same = Objects.equals(stateId, snapshot.stateId());
    } finally {
      changed |= !same;
    }
    return snapshot;
  }

  @Override
  public boolean moveBookmark(ByteString name, @Nullable Node before, @Nullable Node after)
      throws IOException {
    changed = true;
    return repository.moveBookmark(name, before, after);
  }

  @Override
  public boolean advancePhase(Node changeset, Phase before, Phase after) throws IOException {
    changed = true;
    return repository.advancePhase(changeset, before, after);
  }

  @Override
  public boolean pushkey(ByteString namespace, ByteString key, ByteString before, ByteString after)
      throws IOException {
    changed = true;
    return repository.pushkey(namespace, key, before, after);
  }
}
