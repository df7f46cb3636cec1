// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The list of the files of revisions, {@code fncache}: one name a line. Names of new files are
 * appended.
 */
final class FileNames {
  private static final String NAME = "fncache";
  private static final int PENDING = 64 * 1024;

  private final JournaledFiles files;
  private final Path list;
  private final long before;
  private final StringBuilder pending = new StringBuilder();
  private long length;

  FileNames(JournaledFiles files) throws IOException {
    this.files = files;
    this.list = files.store().resolve(NAME);
    this.before = StoreWrites.length(list);
    this.length = before;
  }

  /** Adds the name of a file that is new. */
  void add(String listed) throws IOException {
    pending.append(listed).append('\n');
    if (pending.length() >= PENDING) {
      flush();
    }
  }

  /** Writes the names that were added. */
  void flush() throws IOException {
    if (pending.length() > 0) {
      byte[] bytes = pending.toString().getBytes(StandardCharsets.ISO_8859_1);
      files.append(NAME, list, ByteBuffer.wrap(bytes), length, before);
      length += bytes.length;
      pending.setLength(0);
    }
  }
}
