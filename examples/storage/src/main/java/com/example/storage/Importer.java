// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;

/**
 * Copies another repository into the database, in one transaction: the contract, seen by a caller.
 * A host that gets changesets in another way does the same for each: add the changeset, its
 * manifest if it is new, and the file revisions that are new.
 */
final class Importer {
  private static final ByteString ROOT = ByteString.empty();

  private final RepositorySnapshot source;
  private final Database database;

  /** The number that each changeset has here. */
  private final Map<Node, Integer> numbers = new HashMap<>();

  Importer(RepositorySnapshot source, Database database) {
    this.source = source;
    this.database = database;
  }

  void run() throws IOException {
    database.query(
        row -> numbers.put(Node.of(ByteString.copyOf(row.getBytes(1))), row.getInt(2)),
        "SELECT node, number FROM changeset");
    ChangesetIndex index = source.changesets();
    for (int i = 0; i < index.count(); i++) {
      if (!numbers.containsKey(index.node(i))) {
        addChangeset(index, i);
      }
      database.update(
          "UPDATE changeset SET phase = ?, hidden = ? WHERE node = ?",
          index.phase(i).ordinal(),
          index.hidden(i),
          index.node(i).toByteArray());
    }
    database.update("DELETE FROM bookmark");
    for (Map.Entry<ByteString, Node> bookmark : source.bookmarks().entrySet()) {
      database.update(
          "INSERT INTO bookmark VALUES (?, ?)",
          bookmark.getKey().toByteArray(),
          bookmark.getValue().toByteArray());
    }
    database.update("UPDATE repository SET publishing = ?", source.publishing());
  }

  private void addChangeset(ChangesetIndex index, int i) throws IOException {
    int number = numbers.size();
    StoredRevision text = index.text(i);
    addRevision("c", ROOT, text, number);
    addRevision("m", ROOT, source.manifests(ROOT), index.manifest(i), number);
    for (FileChange change : source.changes(i)) {
      if (change.node() != null) {
        addRevision("f", change.path(), source.file(change.path()), change.node(), number);
      }
      database.update(
          "INSERT INTO change VALUES (?, ?, ?)",
          number,
          change.path().toByteArray(),
          change.node() == null ? null : change.node().toByteArray());
    }
    database.update(
        "INSERT INTO changeset VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        text.node().toByteArray(),
        numbers.getOrDefault(text.parent1(), ChangesetIndex.NONE),
        numbers.getOrDefault(text.parent2(), ChangesetIndex.NONE),
        index.phase(i).ordinal(),
        index.hidden(i),
        index.manifest(i).toByteArray(),
        index.branch(i).toByteArray());
    numbers.put(text.node(), number);
  }

  /** Adds a revision, unless an earlier changeset has introduced it. */
  private void addRevision(String kind, ByteString path, RevisionStore from, Node node, int link)
      throws IOException {
    // The manifest of a changeset without files is the null node, and is not stored.
    if (node.isNull() || new SqliteRevisions(database, kind, path).find(node) != null) {
      return;
    }
    StoredRevision revision = from == null ? null : from.find(node);
    if (revision == null) {
      throw new IOException("the source lacks the revision " + node + " of \"" + path + "\"");
    }
    addRevision(kind, path, revision, link);
  }

  private void addRevision(String kind, ByteString path, StoredRevision revision, int link)
      throws IOException {
    database.update(
        "INSERT INTO revision (kind, path, node, parent1, parent2, link, size)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        kind,
        path.toByteArray(),
        revision.node().toByteArray(),
        revision.parent1().toByteArray(),
        revision.parent2().toByteArray(),
        link,
        revision.size());
    long id = database.first(row -> row.getLong(1), "SELECT last_insert_rowid()");
    try (InputStream text = revision.open()) {
      long number = 0;
      for (byte[] piece = text.readNBytes(PieceStream.PIECE_SIZE);
          piece.length > 0;
          piece = text.readNBytes(PieceStream.PIECE_SIZE)) {
        database.update("INSERT INTO piece VALUES (?, ?, ?)", id, number++, piece);
      }
    }
  }
}
