// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.time.Duration;
import org.hgwire.redirects.RedirectException;

/** A content host did not serve a request, but may serve the same one later. */
final class BusyHostException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * Creates the exception.
   *
   * @param wait how long the host asks to wait; zero if it does not say
   * @param reason what to report if no other request is made
   */
  BusyHostException(Duration wait, RedirectException reason) {
    super(reason.getMessage(), reason);
    this.wait = wait;
  }

  /** Returns how long to wait. */
  Duration pause() {
    return wait;
  }
}
