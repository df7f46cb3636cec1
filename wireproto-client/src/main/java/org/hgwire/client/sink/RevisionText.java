// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;

/** The bytes of a revision, in memory or in a file; may be read several times. */
public interface RevisionText {
  /** Returns the number of bytes. */
  long length();

  /** Returns a stream of the bytes from the first on; the caller closes it. */
  InputStream open() throws IOException;

  /**
   * Returns all bytes, in memory and, where they are there already, without a copy: they may be
   * kept, and must not be changed.
   *
   * @throws OutOfMemoryError if there is no memory for so many bytes
   */
  default byte[] sharedBytes() throws IOException {
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
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
