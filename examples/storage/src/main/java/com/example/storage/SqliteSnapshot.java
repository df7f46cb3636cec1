// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;

/**
 * The repository as one command sees it: a read transaction that is open until the response is
 * complete. With a slow client that takes minutes, so it must not block writers.
 */
final class SqliteSnapshot implements RepositorySnapshot {
  private final Database database;
  private final SqliteChangesets.Table table;
  private final boolean publishing;

  SqliteSnapshot(Database database, SqliteChangesets.Table table, boolean publishing) {
    this.database = database;
    this.table = table;
    this.publishing = publishing;
  }

  /** Returns the number of the state: equal numbers mean equal responses. */
  @Override
  public ByteString stateId() {
    return ByteString.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(0, table.state()));
  }

  /** Returns where the library keeps the heads, for example, of this state. */
  @Override
  public DerivedFacts derived() {
    return table.derived();
  }

  @Override
  public ChangesetIndex changesets() {
    return new SqliteChangesets(table, database);
  }

  /**
   * Returns the root manifests; Mercurial's experimental manifests per directory are not stored.
   */
  @Override
  public RevisionStore manifests(ByteString tree) {
    return tree.isEmpty() ? new SqliteRevisions(database, "m", ByteString.empty()) : null;
  }

  @Override
  public RevisionStore file(ByteString path) throws IOException {
    SqliteRevisions revisions = new SqliteRevisions(database, "f", path);
    return revisions.exist() ? revisions : null;
  }

  /** Reads from a table what the default computes from the texts of changeset and manifest. */
  @Override
  public List<FileChange> changes(int revision) throws IOException {
    return database.query(
        row -> {
          byte[] node = row.getBytes("node");
          return new FileChange(
              ByteString.copyOf(row.getBytes("path")),
              node == null ? null : Node.of(ByteString.copyOf(node)));
        },
        "SELECT path, node FROM change WHERE changeset = ? ORDER BY path",
        revision);
  }

  @Override
  public Map<ByteString, Node> bookmarks() throws IOException {
    Map<ByteString, Node> bookmarks = new HashMap<>();
    database.query(
        row ->
            bookmarks.put(
                ByteString.copyOf(row.getBytes("name")),
                Node.of(ByteString.copyOf(row.getBytes("node")))),
        "SELECT name, node FROM bookmark");
    return bookmarks;
  }

  @Override
  public boolean publishing() {
    return publishing;
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
