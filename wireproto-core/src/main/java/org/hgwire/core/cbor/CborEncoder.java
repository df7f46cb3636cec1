// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;

/**
 * Encodes values deterministically into a buffer that grows: shortest lengths, keys and members
 * sorted.
 *
 * <p>Not safe for use by several threads.
 */
public final class CborEncoder {
  /** Makes an encoder with an empty buffer. */
  public CborEncoder() {
    throw new UnsupportedOperationException();
  }

  /** Returns the encoding of {@code value}. */
  public static ByteString encode(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Appends a whole value. */
  public CborEncoder value(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Appends the head of a byte string of {@code length} bytes; {@link #raw} appends those. */
  public CborEncoder bytesHead(long length) {
    throw new UnsupportedOperationException();
  }

  /**
   * Appends the start of an indefinite byte string; definite byte strings follow, then the break.
   */
  public CborEncoder indefiniteBytesStart() {
    throw new UnsupportedOperationException();
  }

  /** Appends the break that ends an indefinite byte string. */
  public CborEncoder indefiniteBytesEnd() {
    throw new UnsupportedOperationException();
  }

  /** Appends the remaining bytes of {@code bytes} as they are. */
  public CborEncoder raw(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of bytes that {@link #take} would return. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns what was appended since the last call: a read-only view of the encoder's own buffer,
   * valid until the next append.
   */
  public ByteBuffer take() {
    throw new UnsupportedOperationException();
  }
}
