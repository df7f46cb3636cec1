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

  private NodeHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** Returns a hasher for a revision with these parents, in either order. */
  public static NodeHasher of(Node first, Node second) {
    return new NodeHasher().begin(first, second);
  }

  /** Returns a hasher for a revision with these parents. */
  public static NodeHasher of(Parents parents) {
    return of(parents.first(), parents.second());
  }

  /**
   * Begins another revision with these parents; one that was not finished is forgotten. This is
   * faster than a new hasher, if there are many.
   */
  public NodeHasher restart(Parents parents) {
    digest.reset();
    return begin(parents.first(), parents.second());
  }

  private NodeHasher begin(Node first, Node second) {
    // "The 20 byte node ids of the parents are fed into the hasher in ascending order."
    boolean ascending = first.compareTo(second) <= 0;
    digest.update((ascending ? first : second).toByteArray());
    digest.update((ascending ? second : first).toByteArray());
    return this;
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

  /** Returns the node. The hasher must not be used afterwards, unless it is restarted. */
  public Node finish() {
    return Node.read(ByteBuffer.wrap(digest.digest()));
  }
}
