// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;

/** Learns why clients are not redirected to a content store. Called by several threads. */
@FunctionalInterface
public interface StoreFaultListener {
  /** Ignores all faults; they are in the log. */
  StoreFaultListener NONE = (target, reason, message) -> {};

  /**
   * Called the first time that a store fails for a reason. Clients get what it has inline, and it
   * is tried again after a while.
   *
   * @param target the redirect target of the store
   * @param reason why it failed
   * @param message one sentence for the operator: what happened, where, what to do
   */
  void storeFailed(RedirectTarget target, Reason reason, String message);
}
