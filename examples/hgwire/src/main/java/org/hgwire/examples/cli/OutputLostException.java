// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output cannot be written: it is closed, its disk is full, or its reader has gone. */
final class OutputLostException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  OutputLostException(IOException cause) {
    super("standard output cannot be written: " + Failure.firstLine(cause.getMessage()), cause);
  }
}
