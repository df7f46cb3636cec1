// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a bundle, in pieces of any size. For one thread. */
public interface BundleBytes extends AutoCloseable {
  /** How many bytes are read at a time. */
  int PIECE = 64 * 1024;

  /**
   * Waits for the next bytes and returns them, or null at the end. They are valid until the next
   * call.
   *
   * @throws IOException if they are unavailable
   */
  @Nullable ByteBuffer next() throws IOException;

  @Override
  void close() throws IOException;

  /** Returns the bytes of a stream, such as that of a file; the stream is closed with them. */
  static BundleBytes of(InputStream stream) {
    byte[] piece = new byte[PIECE];
    return new BundleBytes() {
      @Override
      public @Nullable ByteBuffer next() throws IOException {
        int count = stream.read(piece);
        return count < 0 ? null : ByteBuffer.wrap(piece, 0, count);
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }
}
