// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * What is in the repository, as of the last {@link #refresh}: what others write meanwhile is not
 * seen. Up to {@value #MAX_FILES} file logs are held open.
 */
final class StoredRevisions implements Closeable {
  private static final int MAX_FILES = 64;

  private final RepositoryDirectory directory;
  private final RevlogLimits limits;
  private final Map<ByteString, Optional<Revlog>> files = new LinkedHashMap<>(16, 0.75f, true);
  private FileIdentity identity = FileIdentity.ABSENT;
  private @Nullable Revlog changelog;
  private @Nullable Revlog manifests;
  private boolean manifestsOpened;

  StoredRevisions(RepositoryDirectory directory, RevlogLimits limits) throws IOException {
    this.directory = directory;
    this.limits = limits;
    refresh();
  }

  /**
   * Looks what is there now.
   *
   * @return false if something that was there was removed
   */
  boolean refresh() throws IOException {
    forgetFiles();
    FileIdentity now = FileIdentity.of(directory.changelog());
    if (now.equals(identity)) {
      return true;
    }
    Revlog old = changelog;
    Revlog newer = now.size() <= 0 ? null : reopened(old);
    boolean continues = old == null || (newer != null && newer.continues(old));
    if (old != null) {
      old.close();
    }
    changelog = newer;
    identity = now;
    return continues;
  }

  private Revlog reopened(@Nullable Revlog old) throws IOException {
    return old == null ? Revlog.open(directory.changelog(), limits) : old.reopen();
  }

  /** Closes what was read of manifests and files, which may have changed. */
  void forgetFiles() throws IOException {
    manifestsOpened = false;
    if (manifests != null) {
      manifests.close();
      manifests = null;
    }
    for (Optional<Revlog> log : files.values()) {
      if (log.isPresent()) {
        log.get().close();
      }
    }
    files.clear();
  }

  /** Returns the changelog, or null if the repository is empty. */
  @Nullable Revlog changelog() {
    return changelog;
  }

  /** Returns the number of changesets. */
  int count() {
    return changelog == null ? 0 : changelog.count();
  }

  /** Returns the number of a changeset, or {@link Revlog#NONE}. */
  int find(Node changeset) {
    return changelog == null ? Revlog.NONE : changelog.find(changeset);
  }

  /** Returns the changesets without children. */
  BitSet heads() {
    BitSet heads = new BitSet();
    heads.set(0, count());
    Revlog log = changelog;
    if (log != null) {
      for (int revision = 0; revision < log.count(); revision++) {
        clear(heads, log.parent1(revision));
        clear(heads, log.parent2(revision));
      }
    }
    return heads;
  }

  private static void clear(BitSet heads, int revision) {
    if (revision != Revlog.NONE) {
      heads.clear(revision);
    }
  }

  /** Returns whether it has a revision, complete with its changeset. */
  boolean has(RevisionKey key) throws IOException {
    Revlog log = log(key);
    return log != null && find(log, key.node()) != Revlog.NONE;
  }

  /** Returns the text of a revision that is complete with its changeset, or null. */
  @Nullable RevisionText open(RevisionKey key) throws IOException {
    Revlog log = log(key);
    int revision = log == null ? Revlog.NONE : find(log, key.node());
    return log == null || revision == Revlog.NONE ? null : new StoredText(log, revision);
  }

  private @Nullable Revlog log(RevisionKey key) throws IOException {
    return switch (key.kind()) {
      case CHANGESET -> changelog;
      case MANIFEST -> manifests();
      case FILE -> file(key.path());
    };
  }

  /** Finds what is complete: what somebody writes now links to changesets that do not show. */
  private int find(Revlog log, Node node) {
    int revision = log.find(node);
    return revision == Revlog.NONE || log.link(revision) >= count() ? Revlog.NONE : revision;
  }

  /** Returns the manifests, or null if there are none. */
  @Nullable Revlog manifests() throws IOException {
    if (!manifestsOpened) {
      manifests = open(RevlogPath.of(directory.manifestLog()));
      manifestsOpened = true;
    }
    return manifests;
  }

  /** Returns the revisions of a file, or null if there are none. */
  @Nullable Revlog file(ByteString path) throws IOException {
    if (count() == 0) {
      return null;
    }
    Optional<Revlog> known = files.get(path);
    if (known == null) {
      RevlogPath found = directory.fileLogs().find(path);
      known = Optional.ofNullable(found == null ? null : open(found));
      files.put(path, known);
      if (files.size() > MAX_FILES) {
        Iterator<Optional<Revlog>> oldest = files.values().iterator();
        Optional<Revlog> closed = oldest.next();
        oldest.remove();
        if (closed.isPresent()) {
          closed.get().close();
        }
      }
    }
    return known.orElse(null);
  }

  private @Nullable Revlog open(RevlogPath path) throws IOException {
    try {
      return Revlog.open(path, limits);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    forgetFiles();
    if (changelog != null) {
      changelog.close();
    }
  }
}
