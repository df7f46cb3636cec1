// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where temporary files go. */
final class TemporaryOptions {
  @Option(
      names = "--temp",
      paramLabel = "DIRECTORY",
      description =
          "Put temporary files here: responses that wait, content that is not verified yet, long"
              + " texts (default: the directory of --into, else that of the platform). They are"
              + " gone when the process ends.")
  private @Nullable Path directory;

  /**
   * Returns the directory.
   *
   * @param otherwise what is returned if the option is not given; null for the platform's directory
   * @throws IllegalArgumentException if the option names no directory
   */
  @Nullable Path directory(@Nullable Path otherwise) {
    if (directory != null && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--temp needs a directory that exists, not " + directory + "; create it");
    }
    return directory == null ? otherwise : directory;
  }
}
