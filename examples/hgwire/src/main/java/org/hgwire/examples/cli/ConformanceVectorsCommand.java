// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hgwire.conformance.vectors.Vectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hgwire conformance vectors}: writes the test vectors for decoders. */
@Command(
    name = "vectors",
    description =
        "Write test vectors for decoders in any language: JSON lines with an input and what must"
            + " come out of it.",
    mixinStandardHelpOptions = true)
final class ConformanceVectorsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIRECTORY",
      description = "Where the files are written; none of them may exist.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    try {
      Vectors.copyTo(directory);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          e.getFile() + " exists already; choose another directory", e);
    }
    return 0;
  }
}
