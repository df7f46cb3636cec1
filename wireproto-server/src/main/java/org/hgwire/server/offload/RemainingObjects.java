// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;

/** A piece that was taken already, followed by the rest. */
final class RemainingObjects implements EncodedObjects {
  private final EncodedObjects following;
  private @Nullable ByteBuffer first;

  /** Puts back {@code first}, the last piece that {@code following} returned. */
  RemainingObjects(ByteBuffer first, EncodedObjects following) {
    this.first = first;
    this.following = following;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    ByteBuffer piece = first;
    first = null;
    return piece == null ? following.next() : piece;
  }

  @Override
  public void close() {
    following.close();
  }
}
