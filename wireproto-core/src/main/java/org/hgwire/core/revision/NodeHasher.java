// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;

/**
 * Computes the node of a revision from its parents and its text, which may be added in pieces
 * (revlogs, Hash Computation). Does not hold the text.
 *
 * <p>Not safe for use by several threads.
 */
public final class NodeHasher {
  private final MessageDigest digest;

  private NodeHasher(Node smaller, Node larger) {
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    // "The 20 byte node ids of the parents are fed into the hasher in ascending order."
    digest.update(smaller.toByteArray());
    digest.update(larger.toByteArray());
  }

  /** Returns a hasher for a revision with these parents, in either order. */
  public static NodeHasher of(Node first, Node second) {
    return first.compareTo(second) <= 0
        ? new NodeHasher(first, second)
        : new NodeHasher(second, first);
  }

  /** Returns a hasher for a revision with these parents. */
  public static NodeHasher of(Parents parents) {
    return of(parents.first(), parents.second());
  }

  /** Returns the node of a revision with this text. */
  public static Node hash(Parents parents, ByteString text) {
    return of(parents).update(text.asByteBuffer()).finish();
  }

  /** Adds the remaining bytes of {@code text}, whose position moves to its limit. */
  public NodeHasher update(ByteBuffer text) {
    digest.update(text);
    return this;
  }

  /** Returns the node. The hasher must not be used afterwards. */
  public Node finish() {
    return Node.read(ByteBuffer.wrap(digest.digest()));
  }
}
