// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.text;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a text one at a time; holds one line, whatever the size of the text. */
final class LineReader implements Closeable {
  /**
   * The length of a line in bytes; paths and extras are far shorter. Not a wire limit: the text is
   * from the host's own storage, not from a peer.
   */
  private static final int MAX_LINE = 1 << 20;

  private static final int BUFFER = 1 << 15;

  private final InputStream input;
  private final String what;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream(128);

  /**
   * Makes a reader.
   *
   * @param what what the text is, for messages
   */
  LineReader(InputStream input, String what) {
    this.input = input;
    this.what = what;
  }

  /** Returns the next line without its line feed, or null at the end. */
  @Nullable ByteString next() throws IOException {
    partial.reset();
    while (position < limit || fill()) {
      int from = position;
      int end = from;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      if (partial.size() + end - from > MAX_LINE) {
        throw new IOException("a line of " + what + " is longer than " + MAX_LINE + " bytes");
      }
      position = Math.min(end + 1, limit);
      if (end < limit && partial.size() == 0) {
        return ByteString.copyOf(buffer, from, end - from);
      }
      partial.write(buffer, from, end - from);
      if (end < limit) {
        return ByteString.copyOf(partial.toByteArray());
      }
    }
    return partial.size() == 0 ? null : ByteString.copyOf(partial.toByteArray());
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, input.read(buffer));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
