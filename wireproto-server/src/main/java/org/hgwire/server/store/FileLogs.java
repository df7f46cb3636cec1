// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.store.FileLogPaths;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * The file logs that one snapshot reads. A few are open at a time, the others are opened again when
 * they are asked for.
 *
 * <p>Used by one thread at a time.
 */
final class FileLogs implements Closeable {
  /** How many logs are open: a response goes through the files one by one. */
  private static final int MAX_OPEN = 4;

  /** How often a log that is missing is looked for, while the state is new. */
  private static final int LOOKS = 20;

  private static final long PAUSE_MILLIS = 10;

  private final RepositoryDirectory directory;
  private final FileLogPaths paths;
  private final RevlogLimits limits;
  private final LogSource changelog;
  private final StoreState state;
  private final LinkedHashMap<FileLog, Revlog> open = new LinkedHashMap<>(8, 0.75f, true);

  FileLogs(
      RepositoryDirectory directory, RevlogLimits limits, LogSource changelog, StoreState state) {
    this.directory = directory;
    this.paths = directory.fileLogs();
    this.limits = limits;
    this.changelog = changelog;
    this.state = state;
  }

  /** Returns the revisions of a file, or null if no repository tracks a file of that name. */
  @Nullable RevlogStore file(ByteString path) throws IOException {
    RevlogPath found = paths.find(path);
    return found == null ? null : new RevlogStore(new FileLog(this, found), state.changesets());
  }

  /** Returns the revlog of a file, open, or null if there is none. */
  @Nullable Revlog open(FileLog file) throws IOException {
    Revlog known = open.get(file);
    if (known != null) {
      return known;
    }
    Revlog opened = look(file);
    if (opened != null) {
      Iterator<Map.Entry<FileLog, Revlog>> eldest = open.entrySet().iterator();
      while (open.size() >= MAX_OPEN) {
        Revlog closed = eldest.next().getValue();
        eldest.remove();
        closed.close();
      }
      open.put(file, opened);
    }
    return opened;
  }

  /**
   * Opens a log. Some versions of Mercurial move a new one to its place a moment after its
   * changeset is there, so in a new state it is looked for again before it is missing; and one that
   * was read while it was written is read again before it counts as cut.
   */
  private @Nullable Revlog look(FileLog file) throws IOException {
    for (int looks = 1; ; looks++) {
      try {
        Revlog log = Revlog.open(file.path(), limits);
        if (!CutLogs.isCut(directory, log)) {
          return log;
        }
        log.close();
        if (looks == LOOKS) {
          throw CutLogs.cut(file.index(), log);
        }
        pause();
      } catch (NoSuchFileException e) {
        if (looks == LOOKS || !state.isNew()) {
          return null;
        }
        pause();
      } catch (IOException e) {
        throw explain(e);
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file log was looked for");
    }
  }

  IOException explain(IOException failure) {
    return changelog.explain(failure);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Revlog log : open.values()) {
      try {
        log.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
