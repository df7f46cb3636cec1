// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.jspecify.annotations.Nullable;

/**
 * The repository of a sink, and what is beside it, opened for this sink alone.
 *
 * @param directory the repository
 * @param writer who writes to it
 * @param beside the changesets beside it
 */
record SinkRepository(RepositoryDirectory directory, RepositoryWriter writer, Beside beside)
    implements Closeable {
  static final RevlogLimits LIMITS = RevlogLimits.defaults();
  private static final String OLD_JOURNAL = "journal";

  /**
   * Opens the repository in a directory, or makes one.
   *
   * @throws StoreException as {@link RepositorySink#open(Path, String)}
   */
  static SinkRepository open(Path root, @Nullable String defaultPath) throws IOException {
    RepositoryWriter writer = writer(root, defaultPath);
    boolean opened = false;
    try {
      RepositoryDirectory directory = RepositoryDirectory.open(root);
      SinkRepository repository =
          new SinkRepository(directory, writer, Beside.open(directory.hg()));
      opened = true;
      return repository;
    } finally {
      if (!opened) {
        writer.close();
      }
    }
  }

  private static RepositoryWriter writer(Path root, @Nullable String defaultPath)
      throws IOException {
    if (Files.exists(root.resolve(".hg"), LinkOption.NOFOLLOW_LINKS)) {
      return RepositoryWriter.open(root, LIMITS);
    }
    if (Files.exists(root.resolve(OLD_JOURNAL), LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED,
          "the directory "
              + root
              + " has the journal of an older version of hgwire, which is not read any more; pull"
              + " into another directory");
    }
    try {
      return RepositoryWriter.create(root, defaultPath, LIMITS);
    } catch (FileAlreadyExistsException e) {
      if (!Files.exists(root.resolve(".hg"), LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      // Another process just made it.
      return RepositoryWriter.open(root, LIMITS);
    }
  }

  @Override
  public void close() throws IOException {
    try (writer) {
      beside.close();
    }
  }
}
