// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/** Where a response comes from. For one thread at a time, except {@link #close}. */
interface ResponseSource extends AutoCloseable {
  /**
   * Returns the next event, or null at the end.
   *
   * @throws org.hgwire.core.WireProtocolException if the server's bytes are not a response
   * @throws RedirectException if the content of a redirect cannot be used
   * @throws PeerException if the exchange with the server failed
   */
  @Nullable ResponseEvent next() throws PeerException, RedirectException;

  /** Cancels the rest, from any thread. */
  @Override
  void close();
}
