// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;

/**
 * A repository in an SQLite file. Used by several threads at once: each snapshot and each change
 * has its own transaction, and the database isolates them.
 */
public final class SqliteRepository implements Repository {
  private record State(long number, boolean publishing) {}

  private final Path file;
  private final ByteString id;

  /** The changesets as last loaded; they are used while the database is in the same state. */
  private volatile SqliteChangesets.Table loaded;

  private SqliteRepository(Path file, ByteString id) {
    this.file = file;
    this.id = id;
  }

  /** Opens the repository in {@code file}, which is created if there is none. */
  public static SqliteRepository open(Path file) throws IOException {
    boolean create = !Files.exists(file);
    try (Database database = Database.write(file)) {
      if (create) {
        database.createSchema();
        UUID id = UUID.randomUUID();
        byte[] bytes =
            ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        database.update("INSERT INTO repository VALUES (?, 0, 1)", (Object) bytes);
        database.commit();
      }
      byte[] id = database.first(row -> row.getBytes(1), "SELECT id FROM repository");
      return new SqliteRepository(file, ByteString.copyOf(id));
    }
  }

  /** Returns the identity for caches of responses: drawn once, stored with the data. */
  @Override
  public ByteString id() {
    return id;
  }

  /** Opens a transaction; loads the changesets only if something changed since the last time. */
  @Override
  public RepositorySnapshot snapshot() throws IOException {
    Database database = Database.read(file);
    try {
      State state =
          database.first(
              row -> new State(row.getLong("state"), row.getBoolean("publishing")),
              "SELECT state, publishing FROM repository");
      SqliteChangesets.Table table = loaded;
      if (table == null || table.state() != state.number()) {
        // A large repository would add the new rows to those that it has.
        table = SqliteChangesets.Table.load(database, state.number());
        loaded = table;
      }
      return new SqliteSnapshot(database, table, state.publishing());
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Copies all that {@code source} has and this repository does not, and its bookmarks. */
  public void importFrom(Repository source) throws IOException {
    try (RepositorySnapshot snapshot = source.snapshot();
        Database database = Database.write(file)) {
      new Importer(snapshot, database).run();
      commit(database);
    }
  }

  /** Commits a change, which makes a new state. */
  private static void commit(Database database) throws IOException {
    database.update("UPDATE repository SET state = state + 1");
    database.commit();
  }

  // What clients may change, if access control allows it. The write transaction makes comparison
  // and
  // change one atomic step.

  @Override
  public boolean moveBookmark(ByteString name, Node before, Node after) throws IOException {
    try (Database database = Database.write(file)) {
      byte[] now =
          database.first(
              row -> row.getBytes(1),
              "SELECT node FROM bookmark WHERE name = ?",
              (Object) name.toByteArray());
      Node present = now == null ? null : Node.of(ByteString.copyOf(now));
      if (present == null ? before != null : !present.equals(before)) {
        return false;
      }
      if (after == null) {
        database.update("DELETE FROM bookmark WHERE name = ?", (Object) name.toByteArray());
      } else {
        database.update(
            "INSERT OR REPLACE INTO bookmark VALUES (?, ?)",
            name.toByteArray(),
            after.toByteArray());
      }
      commit(database);
      return true;
    }
  }

  @Override
  public boolean advancePhase(Node changeset, Phase before, Phase after) throws IOException {
    try (Database database = Database.write(file)) {
      Integer number =
          database.first(
              row -> row.getInt(1),
              "SELECT number FROM changeset WHERE node = ? AND phase = ?",
              changeset.toByteArray(),
              before.ordinal());
      if (number == null || after.compareTo(before) >= 0) {
        return false;
      }
      database.update(
          """
          WITH RECURSIVE ancestors(number) AS (
            VALUES (?)
            UNION SELECT parent1 FROM changeset JOIN ancestors USING (number)
            UNION SELECT parent2 FROM changeset JOIN ancestors USING (number)
          )
          UPDATE changeset SET phase = ?
          WHERE phase > ? AND number IN (SELECT number FROM ancestors)
          """,
          number,
          after.ordinal(),
          after.ordinal());
      commit(database);
      return true;
    }
  }
}
