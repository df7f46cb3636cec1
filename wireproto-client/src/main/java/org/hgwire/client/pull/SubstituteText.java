// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.sink.TextSubstitute;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The text of a substitute.
 *
 * @param bytes its bytes
 * @param substitute what it stands for
 */
record SubstituteText(ByteString bytes, TextSubstitute substitute) implements RevisionText {
  /** Reads a text whose hash is wrong; returns null if it is no substitute. */
  static @Nullable SubstituteText read(RevisionText text) throws IOException {
    if (text.length() > TextSubstitute.MAX_BYTES) {
      return null;
    }
    ByteString bytes = text.readAll();
    TextSubstitute substitute = TextSubstitute.read(bytes);
    return substitute == null ? null : new SubstituteText(bytes, substitute);
  }

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public InputStream open() {
    return new MemoryText(bytes.toByteArray()).open();
  }
}
