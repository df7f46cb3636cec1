// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.message.ResponseStatus;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a redirected response whose target failed after parts of it were delivered: the same
 * response from the server itself. Its beginning is checked against the segment hashes of what was
 * delivered, and skipped; the decoder continues where it stopped.
 */
final class ContinuedSource implements ResponseSource {
  private final Exchange exchange;
  private final ResponseQueue queue;
  private final WireLimits limits;
  private final ResponseDecoder objects;
  private final ContentExpectation expectation;
  private final long length;
  private @Nullable CborDecoder status;
  private PrefixCheck prefix;
  private int generation;
  private boolean resumed;

  ContinuedSource(Exchange exchange, RedirectedSource before) {
    this.exchange = exchange;
    this.queue = exchange.queue(0);
    this.limits = exchange.options().limits();
    this.objects = before.decoder();
    this.expectation = before.expectation();
    this.length = before.bytes();
    this.status = new CborDecoder(limits);
    this.prefix = new PrefixCheck(expectation, length);
  }

  @Override
  public @Nullable ResponseEvent next() throws PeerException, RedirectException {
    while (true) {
      ResponseEvent event = objects.poll();
      if (event != null) {
        return event;
      }
      if (!resumed && queue.generation() != generation) {
        restart();
      }
      ByteBuffer bytes = exchange.take(queue);
      if (bytes != null) {
        ResponseEvent outcome = take(bytes);
        if (outcome != null) {
          return outcome;
        }
      } else if (queue.isExhausted()) {
        if (status != null) {
          throw WireProtocolException.request(
              WireErrorCode.TRUNCATED, "the response ended before its status map");
        }
        prefix.end();
        objects.endOfInput();
        return null;
      }
    }
  }

  private void restart() {
    generation = queue.generation();
    status = new CborDecoder(limits);
    prefix = new PrefixCheck(expectation, length);
  }

  private @Nullable ResponseEvent take(ByteBuffer bytes) throws RedirectException {
    ResponseEvent outcome = passStatus(bytes);
    if (outcome != null) {
      return outcome;
    }
    prefix.pass(bytes);
    if (bytes.hasRemaining()) {
      if (!resumed && !exchange.deliver(queue, generation)) {
        restart();
        return null;
      }
      resumed = true;
      objects.feed(bytes);
    }
    return null;
  }

  /**
   * Reads the status map byte by byte, to find where the objects begin; returns the outcome if it
   * is another than that objects follow.
   */
  private @Nullable ResponseEvent passStatus(ByteBuffer bytes) {
    CborDecoder decoder = status;
    while (decoder != null && bytes.hasRemaining()) {
      decoder.feed(bytes.slice(bytes.position(), 1));
      bytes.position(bytes.position() + 1);
      CborEvent event = decoder.poll();
      if (event != null) {
        decoder = null;
        status = null;
        ResponseStatus read = read(event);
        if (read instanceof ResponseStatus.Failed failed) {
          return new ResponseEvent.CommandFailed(failed.error());
        }
        if (read instanceof ResponseStatus.Redirected redirected) {
          return new ResponseEvent.Redirected(redirected.location());
        }
      }
    }
    return null;
  }

  private static ResponseStatus read(CborEvent event) {
    if (event instanceof CborEvent.ValueRead value) {
      return ResponseStatus.read(value.value());
    }
    throw WireProtocolException.request(
        WireErrorCode.BAD_RESPONSE, "the response begins with a byte string, not a status map");
  }

  @Override
  public void close() {
    exchange.close(queue);
  }
}
