// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** A {@link MemoryRepository} at one moment. */
final class MemorySnapshot implements RepositorySnapshot, ChangesetIndex {
  private final MemoryState state;
  private final boolean publishing;
  private final Map<Node, Integer> numbers;
  private final MemoryStore manifests;
  private final Function<ByteString, @Nullable MemoryStore> files;

  MemorySnapshot(
      MemoryState state,
      boolean publishing,
      Map<Node, Integer> numbers,
      MemoryStore manifests,
      Function<ByteString, @Nullable MemoryStore> files) {
    this.state = state;
    this.publishing = publishing;
    this.numbers = numbers;
    this.manifests = manifests;
    this.files = files;
  }

  /** Returns the number of the state: each change makes a new one. */
  @Override
  public ByteString stateId() {
    return ByteString.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(0, state.version()));
  }

  @Override
  public DerivedFacts derived() {
    return state.derived();
  }

  @Override
  public ChangesetIndex changesets() {
    return this;
  }

  @Override
  public @Nullable RevisionStore manifests(ByteString tree) {
    return tree.isEmpty() ? manifests.upTo(state.count()) : null;
  }

  @Override
  public @Nullable RevisionStore file(ByteString path) {
    MemoryStore store = files.apply(path);
    return store == null ? null : store.upTo(state.count());
  }

  @Override
  public List<FileChange> changes(int revision) {
    return state.changeset(revision).changes();
  }

  @Override
  public Map<ByteString, Node> bookmarks() {
    return state.bookmarks();
  }

  @Override
  public boolean publishing() {
    return publishing;
  }

  @Override
  public @Nullable StoreFiles storeFiles() {
    return state.storeFiles();
  }

  @Override
  public int count() {
    return state.count();
  }

  @Override
  public Node node(int revision) {
    return state.changeset(revision).node();
  }

  @Override
  public int revision(Node node) {
    int number = numbers.getOrDefault(node, NONE);
    return number < state.count() ? number : NONE;
  }

  @Override
  public int parent1(int revision) {
    return state.changeset(revision).parent1();
  }

  @Override
  public int parent2(int revision) {
    return state.changeset(revision).parent2();
  }

  @Override
  public Phase phase(int revision) {
    return state.phase(revision);
  }

  @Override
  public boolean hidden(int revision) {
    return state.hidden(revision);
  }

  @Override
  public StoredRevision text(int revision) {
    return state.changeset(revision).text();
  }

  @Override
  public Node manifest(int revision) {
    return state.changeset(revision).manifest();
  }

  @Override
  public ByteString branch(int revision) {
    return state.changeset(revision).branch();
  }

  @Override
  public List<ByteString> files(int revision) {
    return state.changeset(revision).changes().stream().map(FileChange::path).toList();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
