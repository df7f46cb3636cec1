// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line prints about an error.
 *
 * @param message one line
 * @param help further lines, which say what could be given instead; mostly none
 * @param exitCode 1 if the command failed, 2 if its arguments were wrong
 */
record Failure(String message, List<String> help, int exitCode) {
  private Failure(String message, int exitCode) {
    this(message, List.of(), exitCode);
  }

  /** Returns what to print about {@code fault}. */
  static Failure of(Throwable fault) {
    if (fault instanceof FileSystemException file) {
      return new Failure(firstLine(FileFaults.message(file)), 1);
    }
    if (fault instanceof InvalidPathException path) {
      return new Failure(FileFaults.message(path), 2);
    }
    if (fault instanceof WireProtocolException wrong) {
      return new Failure(wrong.code().text() + ": " + firstLine(wrong.getMessage()), 1);
    }
    if (fault instanceof UsageException usage) {
      return new Failure(firstLine(usage.getMessage()), usage.help(), 2);
    }
    if (fault instanceof IllegalArgumentException) {
      return new Failure(firstLine(fault.getMessage()), 2);
    }
    if (fault instanceof IOException || fault instanceof OutputLostException) {
      return new Failure(firstLine(fault.getMessage()), 1);
    }
    return new Failure(
        "unexpected "
            + fault.getClass().getSimpleName()
            + ": "
            + firstLine(fault.getMessage())
            + " (run again with --debug for details)",
        1);
  }

  /** Returns the first line of {@code message}, or a placeholder if there is none. */
  static String firstLine(@Nullable String message) {
    return message == null ? "no details" : message.lines().findFirst().orElse("no details");
  }
}
