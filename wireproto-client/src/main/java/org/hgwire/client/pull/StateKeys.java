// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;

/** Reads the pushkey namespaces {@code bookmarks} and {@code phases}. */
final class StateKeys {
  /** The key of {@code phases} that says that everything is public. */
  private static final ByteString PUBLISHING = ByteString.utf8("publishing");

  private static final ByteString TRUE = ByteString.utf8("True");
  private static final ByteString DRAFT = ByteString.utf8(Integer.toString(Phase.DRAFT.number()));

  private StateKeys() {}

  /**
   * Returns the state that the namespaces describe.
   *
   * @throws PeerProtocolException if a value that must be a node is not one
   */
  static RepositoryState read(
      List<Node> heads, Map<ByteString, ByteString> bookmarks, Map<ByteString, ByteString> phases)
      throws PeerProtocolException {
    boolean publishing = false;
    Set<Node> draftRoots = new HashSet<>();
    for (Map.Entry<ByteString, ByteString> phase : phases.entrySet()) {
      if (phase.getKey().equals(PUBLISHING)) {
        publishing = phase.getValue().equals(TRUE);
      } else if (phase.getValue().equals(DRAFT)) {
        draftRoots.add(node("a draft root", phase.getKey()));
      }
    }
    Set<Node> shown = new HashSet<>(heads);
    shown.remove(Node.NULL);
    return new RepositoryState(shown, bookmarks(bookmarks), publishing, draftRoots);
  }

  /**
   * Returns the bookmarks that the namespace {@code bookmarks} describes.
   *
   * @throws PeerProtocolException if one is not at a node
   */
  static Map<ByteString, Node> bookmarks(Map<ByteString, ByteString> keys)
      throws PeerProtocolException {
    Map<ByteString, Node> bookmarks = new HashMap<>();
    for (Map.Entry<ByteString, ByteString> key : keys.entrySet()) {
      bookmarks.put(key.getKey(), node("the bookmark " + key.getKey(), key.getValue()));
    }
    return bookmarks;
  }

  private static Node node(String what, ByteString hex) throws PeerProtocolException {
    try {
      return Node.fromHex(hex.utf8());
    } catch (IllegalArgumentException e) {
      throw RevisionReceiver.invalid(what + " is at " + hex + ", which is not a node");
    }
  }
}
