// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with a peer failed.
 *
 * <p>The message is one sentence without control characters: what happened, where, and what to do.
 * The subtype says which kind of failure it is. Errors of the caller are {@link
 * IllegalArgumentException} and {@link IllegalStateException}.
 */
public abstract class PeerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  protected PeerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the same error for another thread or response to throw: its stack trace is the
   * caller's, its cause is this one's.
   */
  abstract PeerException again();
}
