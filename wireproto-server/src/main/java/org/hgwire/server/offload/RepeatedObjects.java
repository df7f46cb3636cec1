// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs again for a client that has the beginning of its response: skips the
 * beginning, in the first call of {@link #next}.
 */
final class RepeatedObjects implements EncodedObjects {
  private final EncodedObjects objects;
  private long toSkip;

  /** Skips the first {@code bytes} bytes of {@code objects}. */
  RepeatedObjects(EncodedObjects objects, long bytes) {
    this.objects = objects;
    this.toSkip = bytes;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    ByteBuffer piece = objects.next();
    while (piece != null && toSkip > 0) {
      int skipped = (int) Math.min(toSkip, piece.remaining());
      toSkip -= skipped;
      piece.position(piece.position() + skipped);
      if (!piece.hasRemaining()) {
        piece = objects.next();
      }
    }
    if (piece == null && toSkip > 0) {
      throw new IOException("a command that was run again returned a shorter response");
    }
    return piece;
  }

  @Override
  public void close() {
    objects.close();
  }
}
