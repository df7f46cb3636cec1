// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.hgwire.client.sink.RevisionText;

/**
 * A text that a transaction has.
 *
 * @param bytes its bytes; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record AppendedText(byte[] bytes) implements RevisionText {
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
