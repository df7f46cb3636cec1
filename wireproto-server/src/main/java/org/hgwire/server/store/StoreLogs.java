// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * The revlogs that are open as long as a state is in use.
 *
 * @param changelog the changesets, or null if there is none yet
 * @param manifests the manifests, or null if there is none yet; they may be newer than the
 *     changelog
 */
record StoreLogs(@Nullable Revlog changelog, @Nullable Revlog manifests) implements Closeable {
  /**
   * Opens the revlogs.
   *
   * @param known those of an earlier state, of which what is the same is used again; or null
   */
  static StoreLogs open(
      RepositoryDirectory directory, RevlogLimits limits, @Nullable StoreLogs known)
      throws IOException {
    Path index = directory.changelog();
    Revlog changelog = open(index, limits, known == null ? null : known.changelog);
    Revlog manifests = null;
    try {
      requireWhole(directory, index, changelog);
      index = directory.manifestLog();
      manifests = open(index, limits, known == null ? null : known.manifests);
      requireWhole(directory, index, manifests);
      return new StoreLogs(changelog, manifests);
    } catch (IOException | RuntimeException e) {
      close(manifests);
      close(changelog);
      throw e;
    }
  }

  private static void requireWhole(RepositoryDirectory directory, Path index, @Nullable Revlog log)
      throws IOException {
    if (log != null && CutLogs.isCut(directory, log)) {
      throw CutLogs.cut(index, log);
    }
  }

  private static @Nullable Revlog open(Path index, RevlogLimits limits, @Nullable Revlog known)
      throws IOException {
    try {
      return known == null ? Revlog.open(index, limits) : known.reopen();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns a revlog of which a revision is known, so that it is there. */
  static Revlog present(@Nullable Revlog log) {
    return Objects.requireNonNull(log, "a store without revisions has none to read");
  }

  /** Returns whether the first changesets are those of {@code earlier}, all of them. */
  boolean continues(StoreLogs earlier) {
    return earlier.changelog == null
        || (changelog != null && changelog.continues(earlier.changelog));
  }

  private static void close(@Nullable Revlog log) throws IOException {
    if (log != null) {
      log.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      close(changelog);
    } finally {
      close(manifests);
    }
  }
}
