// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;

/**
 * The revisions of one file, or of the manifests: a lookup in the table's index for each.
 *
 * @param database the transaction of the snapshot
 * @param kind {@code f} for files, {@code m} for manifests, {@code c} for changesets
 * @param path the path of the file, otherwise empty
 */
record SqliteRevisions(Database database, String kind, ByteString path) implements RevisionStore {
  @Override
  public StoredRevision find(Node node) throws IOException {
    return database.first(
        row ->
            new SqliteRevision(
                database,
                row.getLong("id"),
                node,
                Node.of(ByteString.copyOf(row.getBytes("parent1"))),
                Node.of(ByteString.copyOf(row.getBytes("parent2"))),
                row.getInt("link"),
                row.getLong("size")),
        "SELECT * FROM revision WHERE kind = ? AND path = ? AND node = ?",
        kind,
        path.toByteArray(),
        node.toByteArray());
  }

  /** Returns whether there is any revision. */
  boolean exist() throws IOException {
    Integer one =
        database.first(
            row -> row.getInt(1),
            "SELECT 1 FROM revision WHERE kind = ? AND path = ? LIMIT 1",
            kind,
            path.toByteArray());
    return one != null;
  }

  /** Only the first link is stored: if its changeset is not visible, the library finds another. */
  @Override
  public boolean recordsEveryLink() {
    return false;
  }
}
