// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a text, one at a time, whatever the size of the text. */
final class LineReader implements Closeable {
  /** Paths and branch names are far shorter; a longer line is not what it should be. */
  private static final int MAX_LINE = 1 << 20;

  private static final int BUFFER = 1 << 15;

  private final InputStream input;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);

  LineReader(InputStream input) {
    this.input = new BufferedInputStream(input, BUFFER);
  }

  /** Returns the next line without its line feed, or null at the end. */
  @Nullable ByteString next() throws IOException {
    line.reset();
    int read = input.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      if (line.size() == MAX_LINE) {
        throw new IOException("a line of a stored text is longer than " + MAX_LINE + " bytes");
      }
      line.write(read);
      read = input.read();
    }
    return ByteString.copyOf(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
