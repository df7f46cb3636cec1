// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Redirected content cannot be used. It is an {@link IOException} because it is thrown in the
 * middle of connecting and reading, through libraries that propagate nothing else.
 */
public final class RedirectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final RedirectFault fault;

  /** Creates the exception; the message is one sentence: what happened, where, what to do. */
  public RedirectException(RedirectFault fault, String message) {
    this(fault, message, null);
  }

  /** Creates the exception with its cause. */
  public RedirectException(RedirectFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Returns the kind of fault. */
  public RedirectFault fault() {
    return fault;
  }
}
