// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.FileLogPaths;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreNames;
import org.hgwire.store.revlog.AppendSettings;
import org.hgwire.store.revlog.ChunkCompressor;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.revlog.RevlogKind;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a repository and shows at once, or not at all. It holds the locks of the
 * repository until it is closed; closing it without {@link #commit} makes everything undone.
 *
 * <p>While it runs, others see the repository as it was. What is written shows in the order of
 * Mercurial: revisions of files, manifests, markers, phases, changesets, bookmarks. A process that
 * ends meanwhile leaves a journal, from which {@code hg recover} or the next transaction makes it
 * undone.
 *
 * <p>Holds the index of the changelog and, if manifests are appended, theirs; of file logs nothing
 * but that of an open one. Not safe for use by several threads.
 */
public final class StoreTransaction implements Closeable {
  private final RepositoryDirectory directory;
  private final StoreLocks locks;
  private final JournaledFiles files;
  private final FileNames names;
  private final FileLogPaths paths;
  private final AppendSettings settings;
  private final ChangelogFiles changelogFiles;
  private final RevlogAppender changelog;
  private final MarkerLog markers;
  private final List<RevlogAppender> openLogs = new ArrayList<>();
  private @Nullable RevlogAppender manifests;
  private @Nullable String phaseRoots;
  private @Nullable ByteBuffer bookmarks;
  private boolean committed;
  private boolean closed;

  /**
   * Begins a transaction.
   *
   * @param locks the locks, which are released when the transaction is closed
   */
  StoreTransaction(
      RepositoryDirectory directory,
      StoreLocks locks,
      ChunkCompressor compressor,
      RevlogLimits limits)
      throws IOException {
    this.directory = directory;
    this.locks = locks;
    this.files = new JournaledFiles(directory.hg(), directory.store());
    this.names = new FileNames(files);
    this.paths = directory.fileLogs();
    this.markers = new MarkerLog(files, directory.obsolescenceMarkers());
    this.changelogFiles = new ChangelogFiles(files);
    boolean sparse = directory.requirements().contains("sparserevlog");
    this.changelog =
        RevlogAppender.open(
            changelogFiles,
            RevlogKind.CHANGELOG,
            new AppendSettings(compressor, sparse, limits, 0));
    this.settings = new AppendSettings(compressor, sparse, limits, changelog.count());
  }

  /** Returns the changelog. It must not be closed; the link of a changeset is its own number. */
  public RevlogAppender changelog() {
    return changelog;
  }

  /** Returns the manifests. They must not be closed. */
  public RevlogAppender manifests() throws IOException {
    RevlogAppender known = manifests;
    if (known == null) {
      Path index = directory.manifestLog();
      Path data = index.resolveSibling("00manifest.d");
      LogFiles log = new LogFiles(files, "00manifest.i", index, data, null);
      known = RevlogAppender.open(log, RevlogKind.MANIFESTS, settings);
      manifests = known;
    }
    return known;
  }

  /**
   * Opens the revisions of a file. The caller closes it; one file is open at a time, or few. It may
   * be opened again later.
   *
   * @throws IllegalArgumentException if no repository tracks a file of that name, such as {@code
   *     ../x}
   * @throws org.hgwire.store.StoreException if what there is of the file cannot be read
   */
  public RevlogAppender fileLog(ByteString path) throws IOException {
    String name = directory.names().listed(path);
    if (name == null) {
      throw new IllegalArgumentException("no repository tracks a file " + path.excerpt());
    }
    openLogs.removeIf(RevlogAppender::isClosed);
    Path index = paths.ofListed(name);
    Path data = paths.ofListed(StoreNames.dataOf(name));
    RevlogAppender log =
        RevlogAppender.open(
            new LogFiles(files, name, index, data, names), RevlogKind.FILE, settings);
    openLogs.add(log);
    return log;
  }

  /** Sets the roots of phases, instead of those that there are. */
  public void setPhaseRoots(Collection<PhaseRoot> roots) {
    StringBuilder text = new StringBuilder();
    for (PhaseRoot root : roots) {
      text.append(root.phase()).append(' ').append(root.node().hex()).append('\n');
    }
    phaseRoots = text.toString();
  }

  /**
   * Sets the bookmarks, instead of those that there are.
   *
   * @throws IllegalArgumentException if a name has a line feed
   */
  public void setBookmarks(Map<ByteString, Node> all) {
    int length = 0;
    for (ByteString name : all.keySet()) {
      if (name.isEmpty() || name.indexOf((byte) '\n', 0) >= 0) {
        throw new IllegalArgumentException("no bookmark has the name " + name.excerpt());
      }
      length += 2 * Node.BYTES + 2 + name.length();
    }
    ByteBuffer text = ByteBuffer.allocate(length);
    for (Map.Entry<ByteString, Node> each : new TreeMap<>(all).entrySet()) {
      text.put(each.getValue().hex().getBytes(StandardCharsets.US_ASCII)).put((byte) ' ');
      each.getKey().putTo(text);
      text.put((byte) '\n');
    }
    bookmarks = text.flip();
  }

  /**
   * Adds obsolescence markers; those that there are, are left out.
   *
   * @param stored markers in the form of version 1, as {@link
   *     org.hgwire.store.ObsolescenceMarkers#stored} returns them
   */
  public void addMarkers(Collection<ByteString> stored) {
    markers.add(stored);
  }

  /**
   * Makes everything show that was written.
   *
   * @throws IOException if something cannot be written; then the transaction has to be closed,
   *     which makes it undone
   */
  public void commit() throws IOException {
    openLogs.removeIf(RevlogAppender::isClosed);
    if (committed || closed || !openLogs.isEmpty()) {
      throw new IllegalStateException("the transaction has ended, or a file log is open");
    }
    if (manifests != null) {
      manifests.close();
    }
    names.flush();
    changelog.close();
    markers.flush();
    if (phaseRoots != null) {
      ByteBuffer text = ByteBuffer.wrap(phaseRoots.getBytes(StandardCharsets.US_ASCII));
      files.replaceInStore("phaseroots", text);
    }
    changelogFiles.show();
    if (bookmarks != null) {
      files.replaceInHg("bookmarks", bookmarks);
    }
    if (files.hasBegun()) {
      UndoFiles.remove(directory.hg(), directory.store());
      Journal.end(directory.hg(), directory.store());
    }
    files.end();
    committed = true;
  }

  /**
   * Ends the transaction, and releases the locks. Makes everything undone unless it was committed.
   * Closing twice has no effect.
   *
   * @throws IOException if it cannot be made undone now; the next transaction tries again
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    files.end();
    // A channel of an interrupted thread is closed when it is used.
    boolean interrupted = Thread.interrupted();
    try (locks) {
      changelog.discard();
      if (manifests != null) {
        manifests.discard();
      }
      if (!committed && files.hasBegun()) {
        new JournalRollback(directory).run();
      } else if (!committed) {
        Journal.end(directory.hg(), directory.store());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
