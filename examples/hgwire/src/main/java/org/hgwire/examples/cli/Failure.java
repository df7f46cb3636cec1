// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told of an error.
 *
 * @param message one line
 * @param exitCode 1 for what failed, 2 for what was asked wrongly
 */
record Failure(String message, int exitCode) {

  /** Returns what to tell of {@code fault}. */
  static Failure of(Throwable fault) {
    if (fault instanceof NoSuchFileException missing) {
      return new Failure("no such file: " + missing.getFile(), 1);
    }
    if (fault instanceof WireProtocolException wrong) {
      return new Failure(wrong.code().text() + ": " + firstLine(wrong.getMessage()), 1);
    }
    if (fault instanceof IllegalArgumentException) {
      return new Failure(firstLine(fault.getMessage()), 2);
    }
    if (fault instanceof IOException) {
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

  /** Returns the first line of {@code message}. */
  static String firstLine(@Nullable String message) {
    return message == null ? "no details" : message.lines().findFirst().orElse("no details");
  }
}
