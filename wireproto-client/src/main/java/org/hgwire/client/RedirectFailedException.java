// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.List;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * A response was redirected, the content could not be used, and the response was unavailable in
 * every other way.
 */
public final class RedirectFailedException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final transient List<RedirectEvent.Failed> attempts;

  /**
   * Makes the error.
   *
   * @param attempts what was tried, in order, and why each failed; not empty
   */
  public RedirectFailedException(
      List<RedirectEvent.Failed> attempts, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.attempts = List.copyOf(attempts);
  }

  /** Returns what was tried, in order, and why it failed. */
  public List<RedirectEvent.Failed> attempts() {
    return attempts;
  }

  /** Returns why the last attempt failed. */
  public RedirectFault fault() {
    return attempts.get(attempts.size() - 1).fault();
  }

  @Override
  PeerException again() {
    return new RedirectFailedException(attempts, String.valueOf(getMessage()), this);
  }
}
