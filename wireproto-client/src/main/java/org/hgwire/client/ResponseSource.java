// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/** Where a response comes from. For one thread at a time, but {@link #close}. */
interface ResponseSource extends AutoCloseable {
  /**
   * Returns the next event, or null at the end.
   *
   * @throws org.hgwire.core.WireProtocolException if the server's bytes are not a response
   * @throws RedirectException if content that is elsewhere cannot be used
   * @throws PeerException if the server's answer failed
   */
  @Nullable ResponseEvent next() throws PeerException, RedirectException;

  /** Gives up the rest, from any thread. */
  @Override
  void close();
}
