// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs again for a client that has the beginning of its response: skips the
 * beginning, a few pieces in each call of {@link #next}.
 */
final class RepeatedObjects implements EncodedObjects {
  private static final int SKIPPED_PER_CALL = 64;

  private final EncodedObjects objects;
  private long toSkip;

  /** Skips the first {@code bytes} bytes of {@code objects}. */
  RepeatedObjects(EncodedObjects objects, long bytes) {
    this.objects = objects;
    this.toSkip = bytes;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    for (int skips = 0; toSkip > 0; skips++) {
      ByteBuffer piece = skips == SKIPPED_PER_CALL ? EncodedObjects.notYet() : objects.next();
      if (piece == null) {
        throw new IOException("a command that was run again returned a shorter response");
      }
      int skipped = (int) Math.min(toSkip, piece.remaining());
      toSkip -= skipped;
      piece.position(piece.position() + skipped);
      if (skipped == 0 || piece.hasRemaining()) {
        return piece;
      }
    }
    return objects.next();
  }

  @Override
  public void close() {
    objects.close();
  }
}
