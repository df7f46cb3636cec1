// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.jspecify.annotations.Nullable;

/** Decodes the bytes of one response. For one thread at a time, but {@link #close}. */
final class ResponseReader {
  private final Exchange exchange;
  private final ResponseQueue queue;
  private ResponseDecoder decoder;
  private int generation;
  private boolean delivered;
  private boolean finished;
  private @Nullable PeerException failure;

  ResponseReader(Exchange exchange, ResponseQueue queue) {
    this.exchange = exchange;
    this.queue = queue;
    this.decoder = newDecoder();
  }

  private ResponseDecoder newDecoder() {
    return ResponseDecoder.ofResponse(exchange.options().limits());
  }

  /** Returns how many bytes of a byte string may be put in memory. */
  long mostInMemory() {
    return exchange.options().limits().maxCborBytes();
  }

  /** Returns the next event of the response's objects, or null at their end. */
  @Nullable CborEvent next() throws PeerException {
    if (failure != null) {
      throw failure.again();
    }
    if (finished) {
      return null;
    }
    try {
      ResponseEvent event = nextOfThisGeneration();
      if (event == null) {
        finished = true;
        exchange.close(queue);
        return null;
      }
      if (event instanceof ResponseEvent.CommandFailed failed) {
        throw commandFailed(failed.error());
      }
      if (event instanceof ResponseEvent.Redirected redirected) {
        throw redirected(redirected.location());
      }
      return ((ResponseEvent.ObjectReceived) event).event();
    } catch (WireProtocolException e) {
      throw fail(
          new PeerProtocolException(
              "The response to "
                  + queue.command()
                  + " cannot be used ("
                  + e.code().text()
                  + "): "
                  + e.getMessage(),
              e));
    } catch (PeerException e) {
      throw fail(e);
    }
  }

  /**
   * Returns the next event, or null at the end, once the exchange agrees that it may be delivered:
   * from then on the exchange is not made again.
   */
  private @Nullable ResponseEvent nextOfThisGeneration() throws PeerException {
    while (true) {
      ResponseEvent event = poll();
      if (delivered || exchange.deliver(queue, generation)) {
        delivered = true;
        return event;
      }
      beginAnew();
    }
  }

  private @Nullable ResponseEvent poll() throws PeerException {
    while (true) {
      ResponseEvent event = decoder.poll();
      if (event != null) {
        return event;
      }
      if (queue.generation() != generation) {
        beginAnew();
      }
      ByteBuffer bytes = queue.take();
      if (bytes != null) {
        decoder.feed(bytes);
      } else if (queue.isExhausted()) {
        decoder.endOfInput();
        return null;
      } else if (queue.isClosed()) {
        throw new TransportException("The response to " + queue.command() + " was closed.", null);
      } else {
        exchange.advance(queue);
      }
    }
  }

  private void beginAnew() {
    generation = queue.generation();
    decoder = newDecoder();
  }

  private PeerException commandFailed(CommandError error) {
    String message = error.message().render(exchange.options().limits().maxTextBytes());
    return new CommandFailedException(queue.command(), PrintableText.of(message), null);
  }

  private PeerException redirected(ContentLocation location) {
    String url = location.url().toString();
    return new RedirectNotFollowedException(
        url,
        "The server says that the response to "
            + queue.command()
            + " is at "
            + url
            + "; redirects are not followed.",
        null);
  }

  /** Ends the response with {@code reason}, which every later call throws, and returns it. */
  PeerException fail(PeerException reason) {
    failure = reason;
    exchange.close(queue);
    return reason;
  }

  /** Gives up the rest; from any thread. */
  void close() {
    exchange.close(queue);
  }
}
