// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.RequestEvents;
import org.jspecify.annotations.Nullable;

/** An exchange whose bytes, failure and end are reported. */
final class ObservedExchange implements HttpExchange {
  private final HttpExchange observed;
  private final RequestEvents events;
  private boolean closed;

  ObservedExchange(HttpExchange observed, RequestEvents events) {
    this.observed = observed;
    this.events = events;
  }

  @Override
  public boolean wantsInput() {
    return observed.wantsInput();
  }

  @Override
  public void receive(ByteBuffer data) {
    events.received(data.remaining());
    observed.receive(data);
  }

  @Override
  public void endOfInput() {
    observed.endOfInput();
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    return observed.responseHead();
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    ByteBuffer output;
    try {
      output = observed.nextOutput();
    } catch (IOException | RuntimeException failure) {
      events.failed(failure);
      throw failure;
    }
    if (output != null && output.hasRemaining()) {
      events.sent(output.remaining());
    }
    return output;
  }

  @Override
  public void pause() {
    observed.pause();
  }

  @Override
  public boolean finished() {
    return observed.finished();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean complete = observed.finished();
    ResponseHead head = observed.responseHead();
    try {
      observed.close();
    } finally {
      events.ended(head == null ? 0 : head.status(), complete);
    }
  }
}
