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
 * bookmark, a tag, a branch or a number, as in Mercurial; {@code tip} is the newest.
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

  /**
   * Returns the node of a changeset, or null if there is none of that name.
   *
   * @throws IOException if the name is ambiguous
   */
  @Nullable Node node(String name) throws IOException {
    if (name.equals("null")) {
      return Node.NULL;
    }
    if (name.equals("tip")) {
      return tip(null);
    }
    ByteString key = ByteString.utf8(name);
    Node bookmark = snapshot.bookmarks().get(key);
    Node known = bookmark == null ? snapshot.lookup(key) : bookmark;
    if (known == null && name.matches("-?[0-9]{1,9}")) {
      known = numbered(Integer.parseInt(name));
    }
    if (known == null) {
      known = tip(key);
    }
    return known == null && name.matches("[0-9a-f]{1,40}") ? beginningWith(name) : known;
  }

  /** Returns the newest changeset that is not hidden, of a branch if one is given. */
  private @Nullable Node tip(@Nullable ByteString branch) throws IOException {
    ChangesetIndex index = snapshot.changesets();
    for (int revision = index.count() - 1; revision >= 0; revision--) {
      if (!index.hidden(revision) && (branch == null || index.branch(revision).equals(branch))) {
        return index.node(revision);
      }
    }
    return null;
  }

  /** Returns the changeset of a number; negative ones are counted from the end. */
  private @Nullable Node numbered(int number) {
    ChangesetIndex index = snapshot.changesets();
    int revision = number < 0 ? index.count() + number : number;
    return revision >= 0 && revision < index.count() ? index.node(revision) : null;
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
