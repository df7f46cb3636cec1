// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * Which file revisions a batch has: 160 bits each, that stand for path and node, in about 40 bytes.
 * That two have the same, nobody can bring about, as the key of the hash is secret.
 */
final class FileRevisionSet {
  private static final byte[] KEY = new byte[32];

  static {
    new SecureRandom().nextBytes(KEY);
  }

  private final NodeList revisions = new NodeList();
  private final MessageDigest digest;
  private ByteString path = ByteString.empty();
  private Node hash = Node.NULL;

  FileRevisionSet() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean has(ByteString file, Node node) {
    return revisions.find(mixed(file, node)) >= 0;
  }

  void add(ByteString file, Node node) {
    Node mixed = mixed(file, node);
    if (revisions.find(mixed) < 0) {
      revisions.add(mixed);
    }
  }

  private Node mixed(ByteString file, Node node) {
    if (!file.equals(path) || hash.isNull()) {
      digest.update(KEY);
      digest.update(file.asByteBuffer());
      hash = Node.read(ByteBuffer.wrap(digest.digest()));
      path = file;
    }
    return new Node(
        node.high() ^ hash.high(), node.middle() ^ hash.middle(), node.low() ^ hash.low());
  }
}
