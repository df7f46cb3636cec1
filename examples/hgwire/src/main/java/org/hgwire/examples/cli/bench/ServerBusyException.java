// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;

/** The server asks to send the request again later. */
final class ServerBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int seconds;

  ServerBusyException(String message, int seconds) {
    super(message);
    this.seconds = seconds;
  }

  /** Returns how long to wait, in seconds. */
  int seconds() {
    return seconds;
  }
}
