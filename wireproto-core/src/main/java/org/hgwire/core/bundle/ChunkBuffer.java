// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Collects small writes into chunks, each optionally preceded by its size. */
final class ChunkBuffer implements Consumer<ByteBuffer> {
  /** The maximum size of a chunk. */
  static final int CAPACITY = 32 * 1024;

  private final Consumer<ByteBuffer> target;
  private final int prefix;
  private final ByteBuffer buffer;

  /** Makes a buffer; {@code framed} says whether each chunk begins with its size, as in parts. */
  ChunkBuffer(boolean framed, Consumer<ByteBuffer> target) {
    this.target = target;
    prefix = framed ? Integer.BYTES : 0;
    buffer = ByteBuffer.allocate(prefix + CAPACITY).position(prefix);
  }

  @Override
  public void accept(ByteBuffer bytes) {
    while (bytes.remaining() >= buffer.remaining()) {
      int count = buffer.remaining();
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      flush();
    }
    buffer.put(bytes);
  }

  /** Passes on what was collected, if anything. */
  void flush() {
    int length = buffer.position() - prefix;
    if (length == 0) {
      return;
    }
    if (prefix > 0) {
      buffer.putInt(0, length);
    }
    target.accept(buffer.flip());
    buffer.clear().position(prefix);
  }
}
