// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What tests see of the journal in a directory. */
public final class Journals {
  private Journals() {}

  /** Returns the journal of a directory. */
  public static Path file(Path directory) {
    return directory.resolve(JournalSink.FILE_NAME);
  }

  /** Returns the revisions of a journal: which, parents, linknode, and a hash of the text. */
  public static List<String> revisions(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    try (JournalFile file = JournalFile.open(directory, JournalSink.FILE_NAME)) {
      long position = JournalSink.MAGIC.length();
      while (position < file.length()) {
        JournalEntry entry = JournalEntry.read(file, position);
        if (entry.kind() != null) {
          byte[] text = new byte[(int) entry.dataLength()];
          file.read(position + JournalEntry.BYTES + entry.pathLength(), ByteBuffer.wrap(text));
          found.add(entry + " " + entry.path(file, position) + " " + Arrays.hashCode(text));
        }
        position += entry.length();
      }
    }
    return found;
  }
}
