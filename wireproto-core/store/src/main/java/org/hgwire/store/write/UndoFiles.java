// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Mercurial keeps so that {@code hg rollback} can make its last transaction undone. It would
 * also cut off what was written since then, so it is removed.
 */
final class UndoFiles {
  private UndoFiles() {}

  static void remove(Path hg, Path store) throws IOException {
    Files.deleteIfExists(store.resolve("undo"));
    for (Path directory : new Path[] {store, hg}) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "undo.*")) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
