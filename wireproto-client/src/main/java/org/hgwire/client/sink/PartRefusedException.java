// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;

/**
 * A sink does not take the part of a repository that was to be pulled into it, or has a part and
 * does not take the whole; nothing was asked of the server.
 */
public final class PartRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message one sentence that says what to do
   */
  public PartRefusedException(String message) {
    super(message);
  }
}
