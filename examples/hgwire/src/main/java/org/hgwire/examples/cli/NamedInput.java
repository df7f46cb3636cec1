// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is read; its errors name it, which those of a stream do not. */
final class NamedInput extends FilterInputStream {
  private final Path file;

  private NamedInput(Path file, InputStream in) {
    super(in);
    this.file = file;
  }

  /** Opens a file. */
  static NamedInput open(Path file) throws IOException {
    return new NamedInput(file, Files.newInputStream(file));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }
}
