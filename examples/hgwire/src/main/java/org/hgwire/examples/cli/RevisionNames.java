// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Finds changesets by what a user calls them: {@code null}, a node or the first digits of one, a
 * bookmark or a tag.
 */
final class RevisionNames {
  private final RepositorySnapshot snapshot;

  RevisionNames(RepositorySnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Returns the nodes of changesets.
   *
   * @throws IOException if one is not found, or is ambiguous
   */
  List<Node> nodes(List<String> names) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (String name : names) {
      Node node = node(name);
      if (node == null) {
        throw new IOException("the repository has no changeset " + name);
      }
      nodes.add(node);
    }
    return nodes;
  }

  private @Nullable Node node(String name) throws IOException {
    if (name.equals("null")) {
      return Node.NULL;
    }
    ByteString key = ByteString.utf8(name);
    Node bookmark = snapshot.bookmarks().get(key);
    Node known = bookmark == null ? snapshot.lookup(key) : bookmark;
    return known == null && name.matches("[0-9a-f]{1,40}") ? beginningWith(name) : known;
  }

  private @Nullable Node beginningWith(String digits) throws IOException {
    ChangesetIndex index = snapshot.changesets();
    Node found = null;
    for (int revision = 0; revision < index.count(); revision++) {
      Node node = index.node(revision);
      if (node.toString().startsWith(digits)) {
        if (found != null) {
          throw new IOException("several changesets begin with " + digits + "; give more digits");
        }
        found = node;
      }
    }
    return found;
  }
}
