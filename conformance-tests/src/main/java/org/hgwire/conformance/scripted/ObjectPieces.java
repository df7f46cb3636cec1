// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.hgwire.core.ByteString;

/** Encoded objects, one behind the other, in pieces: never more than a piece is copied. */
final class ObjectPieces {
  private final Iterator<ByteString> objects;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private long remaining;

  ObjectPieces(List<ByteString> objects) {
    this.objects = objects.iterator();
    remaining = objects.stream().mapToLong(ByteString::length).sum();
  }

  /** Returns whether there are bytes that were not returned. */
  boolean hasNext() {
    return remaining > 0;
  }

  /** Returns the next {@code size} bytes, or all that are left. */
  ByteBuffer next(int size) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(size, remaining));
    while (piece.hasRemaining()) {
      if (!current.hasRemaining()) {
        current = objects.next().asByteBuffer();
      }
      int length = Math.min(piece.remaining(), current.remaining());
      piece.put(current.slice().limit(length));
      current.position(current.position() + length);
    }
    remaining -= piece.position();
    return piece.flip();
  }
}
