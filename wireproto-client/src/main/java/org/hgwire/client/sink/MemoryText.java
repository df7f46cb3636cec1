// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A text in memory.
 *
 * @param bytes the bytes, which belong to the text from then on and are never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MemoryText(byte[] bytes) implements RevisionText {
  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public byte[] sharedBytes() {
    return bytes;
  }
}
