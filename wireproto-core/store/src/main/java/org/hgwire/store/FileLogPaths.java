// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Where the file logs of a repository are. No symbolic link to a directory is followed; that the
 * log itself is none, who opens it checks.
 *
 * <p>The directory of the last log is not looked at again for the next: files of one directory are
 * mostly read one after the other. Used by one thread at a time, for one response.
 */
public final class FileLogPaths {
  private final Path store;
  private final StoreNames names;
  private @Nullable Path checked;

  FileLogPaths(Path store, StoreNames names) {
    this.store = store;
    this.names = names;
  }

  /**
   * Returns where the revisions of a file are, or null if no repository tracks a file of that name.
   * They may be missing.
   *
   * @throws StoreException if a directory on the way is a symbolic link
   */
  public @Nullable RevlogPath find(ByteString path) throws IOException {
    String listed = names.listed(path);
    return listed == null
        ? null
        : new RevlogPath(ofListed(listed), ofListed(StoreNames.dataOf(listed)));
  }

  /**
   * Returns a file of revisions that {@code fncache} or a journal lists.
   *
   * @param listed its name there, which begins with {@code data/}
   * @throws StoreException if a directory on the way is a symbolic link
   */
  public Path ofListed(String listed) throws IOException {
    Path file = store.resolve(names.stored(listed));
    Path directory = file.getParent();
    if (directory != null && !directory.equals(checked)) {
      for (Path above = directory; above != null && !above.equals(store); ) {
        if (Files.isSymbolicLink(above)) {
          throw StoreFile.irregular(above);
        }
        above = above.getParent();
      }
      checked = directory;
    }
    return file;
  }
}
