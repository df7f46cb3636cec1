// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.cbor.CborEvent;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one response. For one thread at a time, except {@link #close}. */
interface ObjectReader {
  /** Returns the next event of the response's objects, or null at their end. */
  @Nullable CborEvent next() throws PeerException;

  /** Returns how many bytes of a byte string may be held in memory. */
  long maxInMemory();

  /** Ends the response with {@code reason}, which every later call throws, and returns it. */
  PeerException fail(PeerException reason);

  /** Cancels the rest; from any thread. */
  void close();
}
