// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.server.EncodedObjects;

/** Reads the responses of a cacher. */
final class Origins {
  private Origins() {}

  /** Returns the bytes up to the end, and closes. */
  static ByteString all(EncodedObjects objects) throws IOException {
    try (objects) {
      return rest(objects);
    }
  }

  /** Returns the bytes up to the end. */
  static ByteString rest(EncodedObjects objects) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer piece = objects.next(); piece != null; piece = objects.next()) {
      all.writeBytes(bytes(piece));
    }
    return ByteString.copyOf(all.toByteArray());
  }

  /** Returns a copy of a piece. */
  static byte[] bytes(ByteBuffer piece) {
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    return copy;
  }
}
