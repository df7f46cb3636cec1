// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;

/** An argument that is wrong, with lines of help to choose another. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> help;

  /**
   * @param message what is wrong, in one line
   * @param help what could be given instead, printed as it is
   */
  UsageException(String message, List<String> help) {
    super(message);
    this.help = List.copyOf(help);
  }

  /** Returns the lines of help. */
  List<String> help() {
    return help;
  }
}
