// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.InputStream;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredRevision;

/**
 * One revision: its row in the table, and its text as a stream.
 *
 * @param database the transaction of the snapshot
 * @param id the key of the row
 * @param node the hash of the parents and the text
 * @param parent1 the first parent, or the null node
 * @param parent2 the second parent, or the null node
 * @param link the number of the first changeset that introduced it
 * @param size the length of the text in bytes
 */
record SqliteRevision(
    Database database, long id, Node node, Node parent1, Node parent2, int link, long size)
    implements StoredRevision {
  @Override
  public IntStream links() {
    return IntStream.of(link);
  }

  /** Opens the text; the library reads it only as fast as the client does. */
  @Override
  public InputStream open() {
    return new PieceStream(database, id, size);
  }
}
