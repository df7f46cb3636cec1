// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects bytes. */
final class Bytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void append(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    bytes.writeBytes(copy);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
