// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;

/**
 * A text that a transaction has.
 *
 * @param bytes its bytes
 */
record AppendedText(ByteString bytes) implements RevisionText {
  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
