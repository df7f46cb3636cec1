// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.MarkerCursor;
import org.hgwire.server.repository.ObsolescenceMarkers;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** A view of a {@link StoreRepository}: a state, and the file logs that are open. */
final class StoreSnapshot implements RepositorySnapshot {
  private static final ByteString WORKING_DIRECTORY = ByteString.utf8(".");

  private final StoreRepository repository;
  private final StoreState state;
  private final StoreLimits limits;
  private final StoreIndex changesets;
  private final RevlogStore manifests;
  private final FileLogs files;
  private final ManifestChanges changes;

  /** Whether anything was read that is not in memory. */
  private boolean read;

  private boolean closed;

  /** Makes a view of a state, which is released when the view is closed. */
  StoreSnapshot(StoreRepository repository, StoreState state, StoreLimits limits) {
    this.limits = limits;
    this.repository = repository;
    this.state = state;
    RepositoryDirectory directory = repository.directory();
    LogSource changelog = new Kept(state.logs().changelog(), directory.changelog());
    this.changesets = new StoreIndex(state, changelog);
    this.manifests =
        new RevlogStore(
            new Kept(state.logs().manifests(), directory.manifestLog()), state.changesets());
    this.files = new FileLogs(directory, limits.revlogs(), changelog, state);
    this.changes = new ManifestChanges(changesets, manifests);
  }

  @Override
  public ByteString stateId() {
    return state.id();
  }

  @Override
  public DerivedFacts derived() {
    return state.derived();
  }

  @Override
  public ChangesetIndex changesets() {
    return changesets;
  }

  @Override
  public @Nullable RevisionStore manifests(ByteString tree) {
    return tree.isEmpty() ? manifests : null;
  }

  @Override
  public @Nullable RevisionStore file(ByteString path) throws IOException {
    read = true;
    return files.file(path);
  }

  @Override
  public List<FileChange> changes(int revision) throws IOException {
    List<FileChange> found = changes.of(revision);
    return found == null ? RepositorySnapshot.super.changes(revision) : found;
  }

  @Override
  public Map<ByteString, Node> bookmarks() {
    return state.listedBookmarks();
  }

  /**
   * Returns the changeset of a divergent bookmark, of a local tag or of a tag; {@code .} is the
   * parent of the working directory.
   */
  @Override
  public @Nullable Node lookup(ByteString name) throws IOException {
    if (name.equals(WORKING_DIRECTORY)) {
      return state.aside().parents().stream().findFirst().orElse(Node.NULL);
    }
    Node bookmark = state.bookmarks().get(name);
    if (bookmark != null) {
      return bookmark;
    }
    Node local = state.aside().localTags().get(name);
    return local != null ? local : tags().get(name);
  }

  private Map<ByteString, Node> tags() throws IOException {
    Map<ByteString, Node> tags = state.tags();
    if (tags == null) {
      tags = new ServedTags(changesets, manifests, limits.maxNames()).read(files);
      state.keepTags(tags);
    }
    return tags;
  }

  @Override
  public List<PullBundle> pullBundles() throws IOException {
    return state.aside().settings().pullBundles()
        ? PullBundleManifest.read(repository.directory().pullBundles())
        : List.of();
  }

  @Override
  public StoreFiles storeFiles() {
    return new RawStoreFiles(repository.directory(), state);
  }

  @Override
  public @Nullable ObsolescenceMarkers obsolescenceMarkers() {
    return repository.exchangesMarkers() ? this::openMarkers : null;
  }

  private MarkerCursor openMarkers() throws IOException {
    read = true;
    return new StoredMarkers(
        org.hgwire.store.ObsolescenceMarkers.open(
            repository.directory().obsolescenceMarkers(), state.identity().obsolescenceMarkers()));
  }

  @Override
  public void verify() throws IOException {
    if (read) {
      repository.requireContinued(state);
    }
  }

  @Override
  public IOException explain(IOException failure) {
    return repository.explain(state, failure);
  }

  @Override
  public boolean publishing() {
    return state.aside().settings().publishing();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        files.close();
      } finally {
        state.release();
      }
    }
  }

  /** A revlog that is open as long as the state is in use. */
  private final class Kept implements LogSource {
    private final @Nullable Revlog log;
    private final Path index;

    Kept(@Nullable Revlog log, Path index) {
      this.log = log;
      this.index = index;
    }

    @Override
    public Path index() {
      return index;
    }

    @Override
    public @Nullable Revlog log() {
      read = true;
      return log;
    }

    @Override
    public IOException explain(IOException failure) {
      return repository.explain(state, failure);
    }
  }
}
