// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Collects what an encoder writes until it is read. */
final class BundleOutput implements Consumer<ByteBuffer> {
  /** How much is collected before the writer rests. */
  private static final int ENOUGH = 32 * 1024;

  /** What is collected in most cases: an encoder adds at most 36 KiB to less than enough. */
  private static final int CAPACITY = 72 * 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);

  @Override
  public void accept(ByteBuffer bytes) {
    if (buffer.remaining() < bytes.remaining()) {
      buffer = ByteBuffer.allocate(2 * buffer.capacity() + bytes.remaining()).put(buffer.flip());
    }
    buffer.put(bytes);
  }

  /** Returns whether the writer should rest. */
  boolean isFull() {
    return buffer.position() >= ENOUGH;
  }

  /** Returns what was collected; valid until the next call of {@link #clear}. */
  ByteBuffer collected() {
    return buffer.flip().slice();
  }

  /** Forgets what was collected. */
  void clear() {
    buffer.clear();
  }
}
