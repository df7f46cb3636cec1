// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The bytes of a revision, in memory or in a file; may be read several times. */
public interface RevisionText {
  /** Returns the number of bytes. */
  long length();

  /** Returns a stream of the bytes from the first on; the caller closes it. */
  InputStream open() throws IOException;

  /**
   * Returns the bytes if they are in memory, else null: a new read-only buffer over them, for who
   * wants no copy. Valid as long as the text.
   */
  default @Nullable ByteBuffer inMemory() {
    return null;
  }

  /**
   * Returns all bytes, in memory: for what {@link org.hgwire.core.revision.ChangesetText#parse} and
   * {@link org.hgwire.core.revision.FileText#parse} read. A text of a file may be as long as {@link
   * Integer#MAX_VALUE} bytes; check {@link #length} first.
   *
   * @throws OutOfMemoryError if there is no memory for so many bytes
   */
  default ByteString readAll() throws IOException {
    try (InputStream in = open()) {
      return ByteString.copyOf(in.readAllBytes());
    }
  }
}
