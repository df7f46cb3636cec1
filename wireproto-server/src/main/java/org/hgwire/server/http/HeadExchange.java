// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The exchange of a GET request without the body of its response: the one of a HEAD request. */
final class HeadExchange implements HttpExchange {
  private final HttpExchange get;

  HeadExchange(HttpExchange get) {
    this.get = get;
  }

  @Override
  public boolean wantsInput() {
    return !finished() && get.wantsInput();
  }

  @Override
  public void receive(ByteBuffer data) {
    get.receive(data);
  }

  @Override
  public void endOfInput() {
    get.endOfInput();
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    return get.responseHead();
  }

  /** Lets the head be found, and returns nothing of the body. */
  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    return finished() ? null : get.nextOutput();
  }

  @Override
  public boolean finished() {
    return get.responseHead() != null;
  }

  @Override
  public void close() {
    get.close();
  }
}
