// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.nio.ByteBuffer;
import org.hgwire.core.command.Node;

/**
 * A delta as it came: applied to the text of its base, it made the verified text of a revision.
 *
 * @param base the base, a revision of the same kind and path that the sink has; never the null node
 * @param bytes the delta, as {@link org.hgwire.core.revision.Delta} describes it; read-only, valid
 *     until the sink's method returns
 */
public record RevisionDelta(Node base, ByteBuffer bytes) {
  /** Makes {@code bytes} read-only. */
  public RevisionDelta {
    bytes = bytes.asReadOnlyBuffer();
  }

  /** Returns the delta, from its first byte on: a new buffer over the same bytes. */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }
}
