// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * A response whose objects are elsewhere. The content consists of the objects only, so it cannot
 * redirect again (wireprotocolrpc, Content Redirects).
 */
final class RedirectedSource implements ResponseSource {
  private final Redirects.Followed followed;
  private final ResponseDecoder decoder;
  private final long begun = System.nanoTime();
  private final Consumer<Duration> completed;
  private boolean ended;
  private boolean broken;

  /**
   * Makes the source.
   *
   * @param completed gets the duration, once everything was read
   */
  RedirectedSource(Redirects.Followed followed, WireLimits limits, Consumer<Duration> completed) {
    this.followed = followed;
    this.decoder = ResponseDecoder.ofRedirectedBody(limits);
    this.completed = completed;
  }

  @Override
  public @Nullable ResponseEvent next() throws RedirectException {
    try {
      while (!ended) {
        ResponseEvent event = decoder.poll();
        if (event != null) {
          return event;
        }
        ByteBuffer bytes = followed.download().next();
        if (bytes != null) {
          decoder.feed(bytes);
        } else {
          decoder.endOfInput();
          ended = true;
          completed.accept(Duration.ofNanos(System.nanoTime() - begun));
        }
      }
      return null;
    } catch (WireProtocolException e) {
      broken = true;
      throw new RedirectException(
          e.code() == WireErrorCode.LIMIT ? RedirectFault.TOO_LONG : RedirectFault.BAD_CONTENT,
          "The content is not the objects of a response: " + e.getMessage(),
          e);
    }
  }

  /** Returns how many bytes of the content were read. */
  long bytes() {
    return followed.download().delivered();
  }

  /**
   * Returns whether segment hashes can identify the same objects from elsewhere: then reading can
   * continue there, after as many bytes as were read here.
   */
  boolean isContinuable() {
    return !broken && !ended && followed.expectation().segments() != null && bytes() > 0;
  }

  /** Returns what the content is checked against. */
  ContentExpectation expectation() {
    return followed.expectation();
  }

  /** Returns the decoder, which has read {@link #bytes()} bytes. */
  ResponseDecoder decoder() {
    return decoder;
  }

  @Override
  public void close() {
    followed.download().close();
  }
}
