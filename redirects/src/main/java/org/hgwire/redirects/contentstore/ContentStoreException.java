// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A content store did not do what was asked of it. */
public final class ContentStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no such store: its bucket does not exist. */
    NO_STORE,
    /** The store does not admit who asks. */
    DENIED,
    /** The store cannot be reached, or does not answer in time. */
    UNREACHABLE,
    /** The store fails, or refuses for another reason. */
    FAILED
  }

  private final Reason reason;

  /** Makes the error; the message is one sentence: what happened, where, what to do. */
  public ContentStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
