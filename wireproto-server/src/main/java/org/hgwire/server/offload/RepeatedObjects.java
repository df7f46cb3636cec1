// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs once more for a client that has the beginning of its response: the beginning
 * is passed over. The work is done in the first call of {@link #next}.
 */
final class RepeatedObjects implements EncodedObjects {
  private final EncodedObjects objects;
  private long toPassOver;

  /** Passes over the first {@code bytes} of {@code objects}. */
  RepeatedObjects(EncodedObjects objects, long bytes) {
    this.objects = objects;
    this.toPassOver = bytes;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    ByteBuffer piece = objects.next();
    while (piece != null && toPassOver > 0) {
      int passed = (int) Math.min(toPassOver, piece.remaining());
      toPassOver -= passed;
      piece.position(piece.position() + passed);
      if (!piece.hasRemaining()) {
        piece = objects.next();
      }
    }
    if (piece == null && toPassOver > 0) {
      throw new IOException("a command that was run again gave a shorter response");
    }
    return piece;
  }

  @Override
  public void close() {
    objects.close();
  }
}
