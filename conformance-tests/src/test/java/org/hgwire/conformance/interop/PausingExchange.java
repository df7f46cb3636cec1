// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that is paused after each buffer, as if the client had stalled every time.
 *
 * @param paused the exchange
 */
record PausingExchange(HttpExchange paused) implements HttpExchange {
  @Override
  public boolean wantsInput() {
    return paused.wantsInput();
  }

  @Override
  public void receive(ByteBuffer data) {
    paused.receive(data);
  }

  @Override
  public void endOfInput() {
    paused.endOfInput();
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    return paused.responseHead();
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    ByteBuffer output = paused.nextOutput();
    paused.pause();
    return output;
  }

  @Override
  public boolean finished() {
    return paused.finished();
  }

  @Override
  public void close() {
    paused.close();
  }
}
