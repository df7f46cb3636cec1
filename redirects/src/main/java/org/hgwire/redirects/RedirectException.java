// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Content that is elsewhere cannot be used. An {@link IOException} because it is found in the
 * middle of connecting and reading, through libraries that pass nothing else on.
 */
public final class RedirectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final RedirectFault fault;

  /** Makes the error; the message is one sentence: what happened, where, what to do. */
  public RedirectException(RedirectFault fault, String message) {
    this(fault, message, null);
  }

  /** Makes the error with what caused it. */
  public RedirectException(RedirectFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Returns why. */
  public RedirectFault fault() {
    return fault;
  }
}
