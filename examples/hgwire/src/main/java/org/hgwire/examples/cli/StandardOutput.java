// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Standard output, as bytes and as UTF-8 text. What cannot be written is an {@link
 * OutputLostException}, also from the text, where a {@link PrintWriter} alone would say nothing: a
 * command whose output is lost ends at once. Text is buffered, bytes are not.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream target;
  private final PrintWriter text = new PrintWriter(this, false, UTF_8);

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  /** Returns a writer of text; the caller flushes it. */
  PrintWriter text() {
    return text;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputLostException(e);
    }
  }

  @Override
  public void flush() {
    try {
      target.flush();
    } catch (IOException e) {
      throw new OutputLostException(e);
    }
  }
}
