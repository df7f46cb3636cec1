// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.jspecify.annotations.Nullable;

/** A response that comes from the server itself. */
final class InlineSource implements ResponseSource {
  private final Exchange exchange;
  private final ResponseQueue queue;
  private ResponseDecoder decoder;
  private int generation;
  private boolean delivered;

  InlineSource(Exchange exchange, ResponseQueue queue) {
    this.exchange = exchange;
    this.queue = queue;
    this.decoder = newDecoder();
  }

  private ResponseDecoder newDecoder() {
    return ResponseDecoder.ofResponse(exchange.options().limits());
  }

  /**
   * Returns the next event, or null at the end, once the exchange agrees that it may be delivered:
   * from then on the exchange is not retried. A redirect needs no agreement: it is followed
   * whatever happens to the exchange.
   */
  @Override
  public @Nullable ResponseEvent next() throws PeerException {
    while (true) {
      ResponseEvent event = poll();
      if (event instanceof ResponseEvent.Redirected
          || event instanceof ResponseEvent.MalformedRedirect) {
        exchange.leave(queue);
        return event;
      }
      if (delivered || exchange.deliver(queue, generation)) {
        delivered = true;
        return event;
      }
      restart();
    }
  }

  private @Nullable ResponseEvent poll() throws PeerException {
    while (true) {
      ResponseEvent event = decoder.poll();
      if (event != null) {
        return event;
      }
      if (queue.generation() != generation) {
        restart();
      }
      ByteBuffer bytes = exchange.take(queue);
      if (bytes != null) {
        decoder.feed(bytes);
      } else if (queue.isExhausted()) {
        decoder.endOfInput();
        return null;
      }
    }
  }

  private void restart() {
    generation = queue.generation();
    decoder = newDecoder();
  }

  @Override
  public void close() {
    exchange.close(queue);
  }
}
