// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The files that a revlog is appended to. Who implements it can undo what is written, and decides
 * when others see it.
 *
 * <p>Positions and lengths are in bytes. The buffers belong to the appender, and are not used after
 * a call returns.
 */
public interface RevlogFiles {
  /** Returns the index as others see it. There is none if the revlog is new. */
  Path index();

  /** Returns the file of the chunks, if they are not in the index. */
  Path data();

  /**
   * Writes to the index at its end.
   *
   * @param at the length of the index
   * @param before the length that it had before the transaction; if it is {@code at}, these are the
   *     first bytes
   */
  void writeIndex(ByteBuffer bytes, long at, long before) throws IOException;

  /** Writes to the file of the chunks at its end; the parameters are those of the index. */
  void writeData(ByteBuffer bytes, long at, long before) throws IOException;

  /**
   * Replaces an index that has the chunks between its entries by one that has not; the chunks were
   * written to their own file before.
   *
   * @param entries the new index
   * @param at the length of the one that is replaced
   * @param before the length that it had before the transaction
   */
  void replaceIndex(ByteBuffer entries, long at, long before) throws IOException;
}
