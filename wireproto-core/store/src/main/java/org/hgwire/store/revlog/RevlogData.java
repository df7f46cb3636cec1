// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes that the chunks of a revlog are in. Those of a reader are safe for use by several
 * threads.
 */
sealed interface RevlogData extends Closeable permits WholeFile, DataFile, AppendedData {
  /**
   * Reads {@code length} bytes at {@code position} of the file.
   *
   * @return whether the file has them; if not, {@code into} has no meaning
   */
  boolean read(long position, int length, StoredChunk into) throws IOException;

  @Override
  void close() throws IOException;
}
