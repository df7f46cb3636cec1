// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * One connection to the database, in a transaction. JDBC throws {@code SQLException}, the
 * repository contract {@code IOException}: this class converts one to the other.
 */
final class Database implements AutoCloseable {
  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** Reads a row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Opens a transaction that reads. With SQLite's write-ahead log, it sees the database as of its
   * first query and does not block writers. A host with a connection pool uses that instead.
   */
  static Database read(Path file) throws IOException {
    return open(file, TransactionMode.DEFERRED);
  }

  /** Opens a transaction that writes; it waits until no other one does. */
  static Database write(Path file) throws IOException {
    return open(file, TransactionMode.IMMEDIATE);
  }

  private static Database open(Path file, TransactionMode mode) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setTransactionMode(mode);
    config.setBusyTimeout(30_000);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      connection.setAutoCommit(false);
      return new Database(connection);
    } catch (SQLException e) {
      throw new IOException("cannot open " + file, e);
    }
  }

  /** Creates the tables. */
  void createSchema() throws IOException {
    String schema;
    try (InputStream input = Database.class.getResourceAsStream("schema.sql")) {
      schema = new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String statement : schema.split(";\n")) {
      update(statement);
    }
  }

  /** Returns what {@code reader} reads from each row. */
  <T> List<T> query(RowReader<T> reader, String sql, Object... parameters) throws IOException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Returns what {@code reader} reads from the first row, or null if there is none. */
  <T> T first(RowReader<T> reader, String sql, Object... parameters) throws IOException {
    List<T> found = query(reader, sql, parameters);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Runs a statement that changes rows, and returns their number. */
  int update(String sql, Object... parameters) throws IOException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Makes the changes visible to the snapshots that are opened from now on. */
  void commit() throws IOException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Ends the transaction and rolls back what was not committed. */
  @Override
  public void close() throws IOException {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
