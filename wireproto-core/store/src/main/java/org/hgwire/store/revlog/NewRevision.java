// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.nio.ByteBuffer;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * A revision that is appended to a revlog. Whether the node is the hash of the text, and the delta
 * makes the text, the caller has checked.
 *
 * @param node the node
 * @param parent1 the first parent, which is in the revlog or null
 * @param parent2 the second parent, which is in the revlog or null
 * @param link the number of the changeset that introduces the revision, one of the transaction
 * @param flags the flags, as {@link Revlog#flags} returns them
 * @param text the text, from position to limit; must not be changed from now on. It is not copied
 *     if it is a whole array that can be accessed
 * @param delta a delta that makes the text, or null
 */
public record NewRevision(
    Node node,
    Node parent1,
    Node parent2,
    int link,
    int flags,
    ByteBuffer text,
    @Nullable KnownDelta delta) {
  /** Returns the bytes of the text, which must not be changed. */
  byte[] textBytes() {
    if (text.hasArray() && text.arrayOffset() == 0 && text.remaining() == text.array().length) {
      return text.array();
    }
    byte[] copy = new byte[text.remaining()];
    text.get(text.position(), copy);
    return copy;
  }

  /**
   * A delta that is known because it was sent.
   *
   * @param base the revision that it is against, which need not be in the revlog
   * @param bytes the delta in the format of bundles, from position to limit; only read
   */
  public record KnownDelta(Node base, ByteBuffer bytes) {}
}
