// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The parameter {@code FILE|-} of the commands that read a file or standard input. */
final class InputFile {
  @Parameters(
      paramLabel = "FILE|-",
      arity = "0..1",
      defaultValue = "-",
      description = "The file to read, or - for standard input.")
  private String name = "-";

  /** Opens the input. Closing it leaves standard input open. */
  InputStream open() throws IOException {
    return name.equals("-") ? new StandardInput() : NamedInput.open(Path.of(name));
  }

  private static final class StandardInput extends FilterInputStream {
    private StandardInput() {
      super(System.in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() {}
  }
}
