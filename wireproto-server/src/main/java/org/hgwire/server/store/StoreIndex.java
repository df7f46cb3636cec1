// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** The changesets of a state. */
final class StoreIndex implements ChangesetIndex {
  private final StoreState state;
  private final LogSource source;
  private final @Nullable Revlog changelog;

  StoreIndex(StoreState state, LogSource source) {
    this.state = state;
    this.source = source;
    this.changelog = state.logs().changelog();
  }

  private Revlog changelog() {
    return StoreLogs.present(changelog);
  }

  @Override
  public int count() {
    return changelog == null ? 0 : changelog.count();
  }

  @Override
  public Node node(int revision) {
    return changelog().node(revision);
  }

  @Override
  public int revision(Node node) {
    return changelog == null || node.isNull() ? NONE : changelog.find(node);
  }

  @Override
  public int parent1(int revision) {
    return changelog().parent1(revision);
  }

  @Override
  public int parent2(int revision) {
    return changelog().parent2(revision);
  }

  @Override
  public Phase phase(int revision) {
    return state.visibility().phases().of(revision);
  }

  @Override
  public boolean hidden(int revision) {
    return state.visibility().hidden().get(revision);
  }

  @Override
  public boolean everythingVisible() {
    return state.visibility().everything();
  }

  @Override
  public StoredRevision text(int revision) {
    return new RevlogRevision(source, changelog(), revision);
  }

  @Override
  public Node manifest(int revision) throws IOException {
    try {
      return state.texts().manifest(revision);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  @Override
  public ByteString branch(int revision) throws IOException {
    try {
      return state.texts().branch(revision);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  @Override
  public boolean closesBranch(int revision) throws IOException {
    try {
      return state.texts().closesBranch(revision);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }

  @Override
  public List<ByteString> files(int revision) throws IOException {
    try {
      return state.texts().files(revision);
    } catch (IOException e) {
      throw source.explain(e);
    }
  }
}
