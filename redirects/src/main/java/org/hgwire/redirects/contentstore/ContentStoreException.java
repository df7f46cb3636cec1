// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A content store failed. */
public final class ContentStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why it failed. */
  public enum Reason {
    /** The store does not exist: there is no such bucket. */
    NO_STORE,
    /** The store denies access. */
    DENIED,
    /** The store is in another region than the one that was configured. */
    WRONG_REGION,
    /** The clocks of this machine and of the store differ too much for signed requests. */
    CLOCK_SKEW,
    /** The store cannot be reached, or does not respond in time. */
    UNREACHABLE,
    /** The store fails, or refuses for another reason. */
    FAILED
  }

  private final Reason reason;

  /** Creates the exception; the message is one sentence: what happened, where, what to do. */
  public ContentStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns why it failed. */
  public Reason reason() {
    return reason;
  }
}
