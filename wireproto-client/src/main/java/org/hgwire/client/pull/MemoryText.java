// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.hgwire.client.sink.RevisionText;

/**
 * A text in memory.
 *
 * @param bytes the bytes; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record MemoryText(byte[] bytes) implements RevisionText {
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
