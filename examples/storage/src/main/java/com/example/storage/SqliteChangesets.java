// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.StoredRevision;

/**
 * The changesets. Commands visit every changeset of a repository, several times, so all but the
 * texts is in memory. The snapshots of one state share the rows; each has its own transaction.
 */
final class SqliteChangesets implements ChangesetIndex {
  /** A changeset as it is in memory: about 200 bytes. */
  private record Row(
      Node node,
      int parent1,
      int parent2,
      Phase phase,
      boolean hidden,
      Node manifest,
      ByteString branch) {}

  /** All changesets of one state. */
  record Table(long state, List<Row> rows, Map<Node, Integer> numbers, DerivedFacts derived) {
    static Table load(Database database, long state) throws IOException {
      List<Row> rows = new ArrayList<>();
      Map<Node, Integer> numbers = new HashMap<>();
      Map<ByteString, ByteString> branches = new HashMap<>();
      database.query(
          row -> {
            Node node = Node.of(ByteString.copyOf(row.getBytes("node")));
            ByteString branch = ByteString.copyOf(row.getBytes("branch"));
            numbers.put(node, rows.size());
            return rows.add(
                new Row(
                    node,
                    row.getInt("parent1"),
                    row.getInt("parent2"),
                    Phase.values()[row.getInt("phase")],
                    row.getBoolean("hidden"),
                    Node.of(ByteString.copyOf(row.getBytes("manifest"))),
                    branches.computeIfAbsent(branch, name -> name)));
          },
          "SELECT * FROM changeset ORDER BY number");
      return new Table(state, rows, numbers, new DerivedFacts());
    }
  }

  private final Table table;
  private final SqliteRevisions texts;

  SqliteChangesets(Table table, Database database) {
    this.table = table;
    this.texts = new SqliteRevisions(database, "c", ByteString.empty());
  }

  // In memory: called for every changeset.

  @Override
  public int count() {
    return table.rows().size();
  }

  @Override
  public Node node(int revision) {
    return table.rows().get(revision).node();
  }

  @Override
  public int revision(Node node) {
    return table.numbers().getOrDefault(node, NONE);
  }

  @Override
  public int parent1(int revision) {
    return table.rows().get(revision).parent1();
  }

  @Override
  public int parent2(int revision) {
    return table.rows().get(revision).parent2();
  }

  @Override
  public Phase phase(int revision) {
    return table.rows().get(revision).phase();
  }

  @Override
  public boolean hidden(int revision) {
    return table.rows().get(revision).hidden();
  }

  // These have defaults that read the text of the changeset; the table has the result.

  @Override
  public Node manifest(int revision) {
    return table.rows().get(revision).manifest();
  }

  @Override
  public ByteString branch(int revision) {
    return table.rows().get(revision).branch();
  }

  // In storage: called for the changesets that are sent.

  @Override
  public StoredRevision text(int revision) throws IOException {
    StoredRevision text = texts.find(node(revision));
    if (text == null) {
      throw new IOException("the text of changeset " + node(revision) + " is missing");
    }
    return text;
  }
}
