// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.nio.ByteBuffer;

/** An exchange whose response follows from the head of the request: it does not read the body. */
interface ResponseOnlyExchange extends HttpExchange {
  @Override
  default boolean wantsInput() {
    return false;
  }

  @Override
  default void receive(ByteBuffer data) {
    throw new IllegalStateException("no input is wanted");
  }

  @Override
  default void endOfInput() {}
}
