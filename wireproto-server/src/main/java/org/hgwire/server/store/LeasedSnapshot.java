// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.ObsolescenceMarkers;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoreFiles;
import org.jspecify.annotations.Nullable;

/** A snapshot that keeps its repository open until it is closed. */
final class LeasedSnapshot implements RepositorySnapshot {
  private final RepositorySnapshot snapshot;
  private final Runnable release;
  private boolean closed;

  LeasedSnapshot(RepositorySnapshot snapshot, Runnable release) {
    this.snapshot = snapshot;
    this.release = release;
  }

  @Override
  public @Nullable ByteString stateId() throws IOException {
    return snapshot.stateId();
  }

  @Override
  public @Nullable DerivedFacts derived() {
    return snapshot.derived();
  }

  @Override
  public ChangesetIndex changesets() {
    return snapshot.changesets();
  }

  @Override
  public @Nullable RevisionStore manifests(ByteString tree) throws IOException {
    return snapshot.manifests(tree);
  }

  @Override
  public @Nullable RevisionStore file(ByteString path) throws IOException {
    return snapshot.file(path);
  }

  @Override
  public List<FileChange> changes(int revision) throws IOException {
    return snapshot.changes(revision);
  }

  @Override
  public Map<ByteString, Node> bookmarks() throws IOException {
    return snapshot.bookmarks();
  }

  @Override
  public @Nullable Node lookup(ByteString name) throws IOException {
    return snapshot.lookup(name);
  }

  @Override
  public boolean publishing() {
    return snapshot.publishing();
  }

  @Override
  public Set<ByteString> namespaces() {
    return snapshot.namespaces();
  }

  @Override
  public Map<ByteString, ByteString> listkeys(ByteString namespace) throws IOException {
    return snapshot.listkeys(namespace);
  }

  @Override
  public List<PullBundle> pullBundles() throws IOException {
    return snapshot.pullBundles();
  }

  @Override
  public @Nullable StoreFiles storeFiles() {
    return snapshot.storeFiles();
  }

  @Override
  public @Nullable ObsolescenceMarkers obsolescenceMarkers() {
    return snapshot.obsolescenceMarkers();
  }

  @Override
  public void verify() throws IOException {
    snapshot.verify();
  }

  @Override
  public IOException explain(IOException failure) {
    return snapshot.explain(failure);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      snapshot.close();
    } finally {
      release.run();
    }
  }
}
