// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.keys;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Work;

/** Lists pushkey namespaces: those that every repository has, and the host's own. */
public final class PushkeyNamespaces {
  /** The namespace of the bookmarks. */
  public static final ByteString BOOKMARKS = ByteString.utf8("bookmarks");

  /** The namespace of the draft roots, and of whether the repository publishes. */
  public static final ByteString PHASES = ByteString.utf8("phases");

  /** The namespace that lists the others. */
  public static final ByteString NAMESPACES = ByteString.utf8("namespaces");

  private static final ByteString PUBLISHING = ByteString.utf8("publishing");
  private static final ByteString TRUE = ByteString.utf8("True");

  private PushkeyNamespaces() {}

  /**
   * Lists the content of a namespace, sorted unless it is the host's own; one that does not exist
   * is empty, as in Mercurial.
   *
   * @throws IOException if the repository cannot be read
   */
  public static Work<Map<ByteString, ByteString>> list(
      RepositorySnapshot snapshot, ChangesetGraph graph, ByteString namespace) throws IOException {
    if (namespace.equals(NAMESPACES)) {
      return Work.done(namespaces(snapshot));
    }
    if (namespace.equals(BOOKMARKS)) {
      return Bookmarks.byName(snapshot, graph).then(found -> bookmarks(graph.index(), found));
    }
    if (namespace.equals(PHASES)) {
      return phases(snapshot, graph);
    }
    return Work.done(
        snapshot.namespaces().contains(namespace) ? snapshot.listkeys(namespace) : Map.of());
  }

  private static Work<Map<ByteString, ByteString>> bookmarks(
      ChangesetIndex index, Map<ByteString, Integer> bookmarks) {
    Map<ByteString, ByteString> found = new TreeMap<>();
    return Work.each(
        bookmarks.entrySet().iterator(),
        bookmark -> found.put(bookmark.getKey(), hex(index.node(bookmark.getValue()))),
        found);
  }

  private static Map<ByteString, ByteString> namespaces(RepositorySnapshot snapshot) {
    Map<ByteString, ByteString> found = new TreeMap<>();
    snapshot.namespaces().forEach(name -> found.put(name, ByteString.empty()));
    found.put(BOOKMARKS, ByteString.empty());
    found.put(PHASES, ByteString.empty());
    found.put(NAMESPACES, ByteString.empty());
    return found;
  }

  /** Finds the roots of the draft changesets, and whether the repository is publishing. */
  private static Work<Map<ByteString, ByteString>> phases(
      RepositorySnapshot snapshot, ChangesetGraph graph) {
    ByteString draft = ByteString.utf8(Integer.toString(Phase.DRAFT.number()));
    Map<ByteString, ByteString> found = new TreeMap<>();
    if (snapshot.publishing()) {
      found.put(PUBLISHING, TRUE);
    }
    return graph
        .draftRoots()
        .then(roots -> Work.each(roots.iterator(), root -> found.put(hex(root), draft), found));
  }

  private static ByteString hex(Node node) {
    return ByteString.utf8(node.hex());
  }
}
