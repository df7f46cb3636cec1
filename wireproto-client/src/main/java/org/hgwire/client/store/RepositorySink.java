// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.write.StoreTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A sink that is a repository which Mercurial 5.6 to 7.2 uses as its own, also while a pull runs.
 *
 * <p>Changesets wait in {@code .hg/hgwire/changesets} until their manifests and files are there.
 * These are written in one transaction with their changesets: it begins, and takes Mercurial's
 * locks, with the first of them, and ends with {@link #changesetsCompleted}. So Mercurial sees all
 * of a batch or nothing. If a pull is interrupted, what was completed is there; the changesets that
 * were not wait for the next pull, and the rest of a batch is undone.
 *
 * <p>New changesets are drafts until {@link #stateReceived}, which makes public what the server
 * says is public. Local phases never go back, and local changesets and bookmarks are left alone: a
 * bookmark of the server is added if there is none of its name, and moves if that is forward or it
 * was asked for by name; where both sides moved it, it stays; none is removed. Obsolescence markers
 * are added.
 *
 * <p>If Mercurial removes changesets meanwhile, that ends the pull. For one thread, besides which
 * the sink has its own that appends; so a write that fails may show in a later call. One sink at a
 * time can have a repository open.
 */
public final class RepositorySink implements PullSink {
  /** How long Mercurial waits for its locks by default. */
  private static final Duration WAIT = Duration.ofMinutes(10);

  private final SinkRepository repository;
  private final RepositoryDirectory directory;
  private final Beside beside;
  private final StoredRevisions stored;
  private final AllChangesets changesets;
  private final boolean keepsPointers;
  private final List<ByteString> markers = new ArrayList<>();
  private final AppendQueue queue = new AppendQueue();
  private @Nullable Batch batch;

  /** Whether others added changesets since this was opened, perhaps of those that are pulled. */
  private boolean overtaken;

  private RepositorySink(SinkRepository repository, boolean keepsPointers) throws IOException {
    this.repository = repository;
    this.directory = repository.directory();
    this.beside = repository.beside();
    this.keepsPointers = keepsPointers;
    if (directory.isInTransaction()) {
      // Waits for who writes, or makes undone what a pull left that was killed.
      repository.writer().begin(WAIT).close();
    }
    this.stored = new StoredRevisions(directory, SinkRepository.LIMITS);
    beside.look(stored);
    this.changesets = new AllChangesets(stored, beside);
  }

  /**
   * Opens a repository, which is made if there is none.
   *
   * @param root its directory
   * @throws IOException as {@link #open(Path, String)}
   */
  public static RepositorySink open(Path root) throws IOException {
    return open(root, null);
  }

  /**
   * Opens a repository, which is made if there is none.
   *
   * @param root its directory
   * @param defaultPath the URL that {@code hg pull} pulls from, for a new repository, or null
   * @throws StoreException of kind LOCKED if another pull has it open; UNSUPPORTED if it has a
   *     format that is not written here, or is a directory with the journal of an older version
   */
  public static RepositorySink open(Path root, @Nullable String defaultPath) throws IOException {
    return open(root, defaultPath, false);
  }

  /**
   * Opens a repository that only this process reads, or any other.
   *
   * @param keepsPointers whether it takes what stands for a text that is stored elsewhere (LFS),
   *     which Mercurial does not expect in a repository of this format
   */
  static RepositorySink open(Path root, @Nullable String defaultPath, boolean keepsPointers)
      throws IOException {
    SinkRepository repository = SinkRepository.open(root, defaultPath);
    boolean opened = false;
    try {
      RepositorySink sink = new RepositorySink(repository, keepsPointers);
      opened = true;
      return sink;
    } finally {
      if (!opened) {
        repository.close();
      }
    }
  }

  @Override
  public Collection<Node> heads() {
    return changesets.heads();
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    return changesets.parents(changeset);
  }

  @Override
  public Iterable<Node> incomplete() {
    return changesets.incomplete();
  }

  @Override
  public boolean has(RevisionKey key) throws IOException {
    Batch running = batch;
    return switch (key.kind()) {
      case CHANGESET -> beside.find(key.node()) >= 0 || stored.find(key.node()) != Revlog.NONE;
      case MANIFEST, FILE -> running != null ? running.has(key) : stored.has(key);
    };
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) throws IOException {
    Batch running = batch;
    return switch (key.kind()) {
      case CHANGESET -> {
        int position = beside.find(key.node());
        yield position >= 0 ? beside.text(position) : stored.open(key);
      }
      case MANIFEST, FILE -> running != null ? open(running, key) : stored.open(key);
    };
  }

  private @Nullable RevisionText open(Batch running, RevisionKey key) throws IOException {
    try {
      return running.open(key);
    } catch (IOException | RuntimeException e) {
      abandonAfter(e);
      throw e;
    }
  }

  /** What failed may have been appended in part; so a further pull begins the batch again. */
  private void abandonAfter(Exception failure) {
    try {
      abandoned();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    switch (revision.key().kind()) {
      case CHANGESET ->
          beside.add(
              revision.key().node(),
              new Parents(revision.firstParent(), revision.secondParent()),
              revision.text());
      default -> {
        Batch running = running();
        try {
          if (!overtaken || !running.has(revision.key())) {
            running.add(revision);
          }
        } catch (IOException | RuntimeException e) {
          abandonAfter(e);
          throw e;
        }
      }
    }
  }

  /** Returns the batch that runs, or begins one. */
  private Batch running() throws IOException {
    Batch running = batch;
    if (running == null) {
      beside.write();
      running = new Batch(begin(), stored, beside, queue, keepsPointers);
      batch = running;
    }
    return running;
  }

  private StoreTransaction begin() throws IOException {
    StoreTransaction transaction = repository.writer().begin(WAIT);
    boolean begun = false;
    try {
      int before = stored.count();
      if (!stored.refresh()) {
        throw new StoreException(
            StoreException.Kind.CHANGED,
            "changesets were removed from the repository "
                + directory
                + " while the pull ran; pull again");
      }
      if (stored.count() != before) {
        overtaken = true;
        beside.look(stored);
      }
      begun = true;
      return transaction;
    } finally {
      if (!begun) {
        transaction.close();
      }
    }
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    Batch running = running();
    int count = beside.countFirst(changesets);
    if (running.reach() > count) {
      abandoned();
      return;
    }
    try {
      RevlogAppender changelog = running.transaction().changelog();
      running.commit(count, markers, PhaseTable.read(directory.phaseRoots(), changelog));
    } catch (IOException | RuntimeException e) {
      abandonAfter(e);
      throw e;
    }
    markers.clear();
    batch = null;
    running.close();
    stored.refresh();
    beside.completed(count);
  }

  @Override
  public boolean forgetIncomplete() throws IOException {
    abandoned();
    beside.clear();
    return true;
  }

  @Override
  public void abandoned() throws IOException {
    Batch running = batch;
    if (running != null) {
      batch = null;
      running.close();
      stored.forgetFiles();
    }
  }

  @Override
  public void markerReceived(ObsolescenceMarker marker) throws IOException {
    if (marker.version() != 1) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED,
          "obsolescence markers of version " + marker.version() + " cannot be written");
    }
    markers.add(marker.stored());
  }

  @Override
  public void stateReceived(RepositoryState state) throws IOException {
    abandoned();
    try (StoreTransaction transaction = begin()) {
      boolean changed = new StateUpdate(directory, transaction).apply(state);
      transaction.addMarkers(markers);
      if (changed || !markers.isEmpty()) {
        transaction.commit();
      }
      markers.clear();
    }
    stored.refresh();
  }

  /** Returns the state of the repository itself, or null if it has no complete changeset. */
  @Override
  public @Nullable RepositoryState state() throws IOException {
    return StateUpdate.read(directory, stored);
  }

  /** Makes undone what is not complete, but for the changesets, and lets others use it. */
  @Override
  public void close() throws IOException {
    try (repository;
        stored;
        queue) {
      abandoned();
    }
  }
}
