// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.work.Work;

/** Lists pushkey namespaces: those that every repository has, and the host's own. */
final class PushkeyNamespaces {
  static final ByteString BOOKMARKS = ByteString.utf8("bookmarks");
  static final ByteString PHASES = ByteString.utf8("phases");
  static final ByteString NAMESPACES = ByteString.utf8("namespaces");

  private static final ByteString PUBLISHING = ByteString.utf8("publishing");
  private static final ByteString TRUE = ByteString.utf8("True");

  private PushkeyNamespaces() {}

  /** Lists the content of a namespace; one that does not exist is empty, as in Mercurial. */
  static Work<Map<ByteString, ByteString>> list(RequestView view, ByteString namespace)
      throws IOException {
    if (namespace.equals(NAMESPACES)) {
      return Work.done(namespaces(view));
    }
    if (namespace.equals(BOOKMARKS)) {
      return Bookmarks.byName(view).then(found -> bookmarks(view, found));
    }
    if (namespace.equals(PHASES)) {
      return phases(view);
    }
    return Work.done(
        view.snapshot().namespaces().contains(namespace)
            ? view.snapshot().listkeys(namespace)
            : Map.of());
  }

  private static Work<Map<ByteString, ByteString>> bookmarks(
      RequestView view, Map<ByteString, Integer> bookmarks) {
    Map<ByteString, ByteString> found = new TreeMap<>();
    return Work.each(
        bookmarks.entrySet().iterator(),
        bookmark -> found.put(bookmark.getKey(), hex(view.index().node(bookmark.getValue()))),
        found);
  }

  private static Map<ByteString, ByteString> namespaces(RequestView view) {
    Map<ByteString, ByteString> found = new TreeMap<>();
    view.snapshot().namespaces().forEach(name -> found.put(name, ByteString.empty()));
    found.put(BOOKMARKS, ByteString.empty());
    found.put(PHASES, ByteString.empty());
    found.put(NAMESPACES, ByteString.empty());
    return found;
  }

  /** Finds the roots of the draft changesets, and whether the repository is publishing. */
  private static Work<Map<ByteString, ByteString>> phases(RequestView view) {
    ByteString draft = ByteString.utf8(Integer.toString(Phase.DRAFT.number()));
    Map<ByteString, ByteString> found = new TreeMap<>();
    if (view.snapshot().publishing()) {
      found.put(PUBLISHING, TRUE);
    }
    return view.graph()
        .draftRoots()
        .then(roots -> Work.each(roots.iterator(), root -> found.put(hex(root), draft), found));
  }

  private static ByteString hex(Node node) {
    return ByteString.utf8(node.hex());
  }
}
