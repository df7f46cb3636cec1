// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sinks that this library has. */
public final class PullSinks {
  private PullSinks() {}

  /**
   * Returns an empty sink that only verifies. It keeps the texts in a temporary file, because any
   * of them may become the base of a delta: it takes as much disk space as all texts, until it is
   * closed or the process ends.
   *
   * @throws IOException if the file cannot be created
   */
  public static PullSink verifying() throws IOException {
    return JournalSink.open(JournalFile.temporary(null));
  }

  /**
   * Returns a sink like {@link #verifying()}, whose temporary file is in another directory.
   *
   * @param directory where the temporary file is created
   * @throws IOException if the file cannot be created
   */
  public static PullSink verifying(Path directory) throws IOException {
    return JournalSink.open(JournalFile.temporary(directory));
  }

  /**
   * Returns a sink that keeps what it gets in a directory, so that a later pull into the directory
   * resumes there.
   *
   * <p>The directory holds one file, {@code journal}, which is only appended to: the line {@code
   * hgwire journal 2}, then entries. An entry is a header of 93 bytes, big endian: a letter ({@code
   * C} changeset, {@code M} manifest, {@code F} file revision, {@code S} state of the repository,
   * {@code D} changeset complete), node, two parents and linknode of 20 bytes each, four bytes with
   * the length of the path, eight with the length of the data; then the path and the data: the full
   * text, or for {@code S} heads, bookmarks and phases as a CBOR map, of which the last entry
   * counts. An incomplete entry at the end is dropped when the directory is opened. One process at
   * a time can have it open; each revision takes about 150 bytes of memory.
   *
   * @param directory the directory, which is created if it does not exist
   * @throws IOException if it is in use, or its journal is not one of this library
   */
  public static PullSink inDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    return JournalSink.open(directory);
  }
}
