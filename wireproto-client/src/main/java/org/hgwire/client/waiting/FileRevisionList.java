// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * File revisions in an order, of each of which 160 bits are kept that stand for path and node: 28
 * to 40 bytes. Not safe for use by several threads.
 */
public final class FileRevisionList {
  private final NodeList revisions = new NodeList();
  private final SecretHash secret = new SecretHash();
  private ByteString path = ByteString.empty();
  private Node hash = Node.NULL;

  /** Makes an empty list. */
  public FileRevisionList() {}

  /** Returns how many there are. */
  public int count() {
    return revisions.count();
  }

  /** Returns the position of a file revision, or -1. */
  public int find(ByteString file, Node node) {
    return revisions.find(mixed(file, node));
  }

  /** Appends a file revision unless it is there; returns its position. */
  public int add(ByteString file, Node node) {
    Node mixed = mixed(file, node);
    int position = revisions.find(mixed);
    if (position < 0) {
      position = revisions.count();
      revisions.add(mixed);
    }
    return position;
  }

  private Node mixed(ByteString file, Node node) {
    if (!file.equals(path) || hash.isNull()) {
      hash = secret.of(file.asByteBuffer());
      path = file;
    }
    return new Node(
        node.high() ^ hash.high(), node.middle() ^ hash.middle(), node.low() ^ hash.low());
  }
}
