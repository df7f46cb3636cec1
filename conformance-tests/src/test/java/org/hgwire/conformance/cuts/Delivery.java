// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;

/** What a caller was given of a response, in order. */
final class Delivery {
  private static final int ITEM_ENDED = '\n';

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds what was given as a whole. */
  void item(Object item) {
    bytes.writeBytes(item.toString().getBytes(StandardCharsets.UTF_8));
    bytes.write(ITEM_ENDED);
  }

  /** Adds what is given as a stream, up to its end or a failure. */
  void stream(InputStream stream) throws IOException {
    byte[] buffer = new byte[4096];
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      bytes.write(buffer, 0, read);
    }
    bytes.write(ITEM_ENDED);
  }

  /** Returns all of it: an item that was not given to its end lacks the end. */
  ByteString bytes() {
    return ByteString.copyOf(bytes.toByteArray());
  }
}
