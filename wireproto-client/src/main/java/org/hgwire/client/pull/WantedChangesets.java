// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.CommandResult;
import org.hgwire.client.Peer;
import org.hgwire.client.UnknownNameException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The changesets that the names stand for which a pull asks for.
 *
 * @param heads the changesets, each once
 * @param bookmarks those of the bookmarks that are wanted by name
 */
record WantedChangesets(List<Node> heads, Map<ByteString, Node> bookmarks) {
  /**
   * Asks the server, in one request.
   *
   * @return null if everything is wanted
   * @throws UnknownNameException if the server has none of such a name
   */
  static @Nullable WantedChangesets of(Peer peer, Wanted wanted) throws IOException {
    if (wanted.isEverything()) {
      return null;
    }
    Batch batch = peer.batch();
    List<CommandResult<Node>> lookups = new ArrayList<>();
    for (String name : wanted.revisions()) {
      lookups.add(batch.lookup(LookupRequest.of(name)));
    }
    CommandResult<Map<ByteString, ByteString>> listed =
        wanted.bookmarks().isEmpty() ? Map::of : batch.listkeys(ListkeysRequest.of("bookmarks"));
    batch.send();
    Set<Node> heads = new TreeSet<>();
    for (int i = 0; i < lookups.size(); i++) {
      heads.add(found(wanted.revisions().get(i), lookups.get(i)));
    }
    Map<ByteString, Node> all = StateKeys.bookmarks(listed.await());
    Map<ByteString, Node> bookmarks = new HashMap<>();
    for (String name : wanted.bookmarks()) {
      Node node = all.get(ByteString.utf8(name));
      if (node == null) {
        throw new UnknownNameException(
            name, "The server has no bookmark " + PeerText.line(name) + ".");
      }
      bookmarks.put(ByteString.utf8(name), node);
      heads.add(node);
    }
    heads.remove(Node.NULL);
    return new WantedChangesets(List.copyOf(heads), bookmarks);
  }

  private static Node found(String name, CommandResult<Node> lookup) throws IOException {
    try {
      return lookup.await();
    } catch (CommandFailedException e) {
      throw new UnknownNameException(
          name,
          "The server has no revision "
              + PeerText.line(name)
              + " that can be pulled; it says: "
              + e.serverMessage());
    }
  }

  /**
   * Has a sink forget the changesets that a pull before left incomplete, if some are not wanted.
   * One that keeps them gets the rest of them too.
   */
  void forgetOthers(PullSink sink) throws IOException {
    Set<Node> wanted = new TreeSet<>(heads);
    Deque<Node> childrenFirst = new ArrayDeque<>();
    sink.incomplete().forEach(childrenFirst::push);
    for (Node changeset : childrenFirst) {
      if (!wanted.contains(changeset)) {
        sink.forgetIncomplete();
        return;
      }
      wanted.addAll(sink.parents(changeset));
    }
  }

  /** Returns what the state of a server says of these changesets and their ancestors. */
  RepositoryState of(RepositoryState state) {
    Map<ByteString, Node> all = new HashMap<>(state.bookmarks());
    all.putAll(bookmarks);
    return new RepositoryState(
        ComparableKeys.setOf(heads),
        all,
        state.publishing(),
        state.draftRoots(),
        bookmarks.keySet());
  }
}
