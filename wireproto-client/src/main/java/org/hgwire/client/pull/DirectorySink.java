// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes sinks that keep what they get in a directory, so that a later pull goes on from there.
 *
 * <p>The directory holds one file, {@code journal}, which is only appended to: the line {@code
 * hgwire journal 2}, then entries. An entry is a head of 93 bytes, big endian: a letter ({@code C}
 * changeset, {@code M} manifest, {@code F} file revision, {@code S} state of the repository, {@code
 * D} changeset complete), node, two parents and linknode of 20 bytes each, four bytes with the
 * length of the path, eight with the length of the data; then the path and the data: the full text,
 * or for {@code S} heads, bookmarks and phases as a CBOR map, of which the last entry counts. An
 * entry that is cut short is dropped when the directory is opened. One process at a time has it
 * open; about 150 bytes of memory go to each revision.
 */
public final class DirectorySink {
  private DirectorySink() {}

  /**
   * Returns the sink of {@code directory}, which is made if it does not exist.
   *
   * @throws IOException if it is in use, or holds something else
   */
  public static PullSink open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return JournalSink.open(directory, false);
  }
}
