// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;

/**
 * Writes the payload of one part. A call after {@link #end} is an {@link IllegalStateException}.
 * Not safe for use by several threads.
 */
public final class PartEncoder {
  private final ChunkBuffer chunks;
  private final Runnable whenEnded;
  private boolean ended;

  PartEncoder(ChunkBuffer chunks, Runnable whenEnded) {
    this.chunks = chunks;
    this.whenEnded = whenEnded;
  }

  /**
   * Writes more of the payload.
   *
   * @param piece the bytes; its position does not move
   */
  public void payload(ByteBuffer piece) {
    requireOpen();
    chunks.accept(piece.asReadOnlyBuffer());
  }

  /** Ends the part. */
  public void end() {
    requireOpen();
    ended = true;
    chunks.flush();
    whenEnded.run();
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the part was ended");
    }
  }
}
