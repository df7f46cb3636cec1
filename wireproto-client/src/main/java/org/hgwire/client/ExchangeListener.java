// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.time.Duration;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.message.ProgressUpdate;

/**
 * Sees what goes over the wire. Every method does nothing unless it is overridden.
 *
 * <p>Methods are called on the thread that does the I/O at that moment, one call of an exchange at
 * a time; exchanges that run concurrently call concurrently. Redirect events come on the thread
 * that reads the response, perhaps while its exchange continues. An implementation returns soon and
 * does not call the peer.
 */
public interface ExchangeListener {
  /** A listener that ignores everything. */
  ExchangeListener NONE = new ExchangeListener() {};

  /** An HTTP request is about to be sent; its URL has no user info. */
  default void requestStarted(String method, URI url) {}

  /** An HTTP response began. */
  default void responseStarted(int status) {}

  /** Returns whether {@link #frameSent} and {@link #frameReceived} are wanted. */
  default boolean wantsFrames() {
    return false;
  }

  /** A frame was sent, as it is on the wire. The payload is valid during the call. */
  default void frameSent(Frame frame) {}

  /** A frame was received, as it is on the wire. The payload is valid during the call. */
  default void frameReceived(Frame frame) {}

  /** {@code count} bytes of a request body were sent. */
  default void bytesSent(long count) {}

  /** {@code count} bytes of a response body were received from the server. */
  default void bytesReceived(long count) {}

  /** {@code count} bytes of a body were received from a content host, not from the server. */
  default void contentBytesReceived(long count) {}

  /** The server said that a response is elsewhere. */
  default void redirectReceived(RedirectEvent.Received event) {}

  /** A redirected response was received, verified and read to its end. */
  default void redirectCompleted(RedirectEvent.Completed event) {}

  /** The content that a response was redirected to could not be used. */
  default void redirectFailed(RedirectEvent.Failed event) {}

  /**
   * The server sent text for people: rendered, with no control characters except line feed and tab.
   */
  default void textReceived(String text) {}

  /** The server sent progress. */
  default void progressReceived(ProgressUpdate update) {}

  /** An attempt failed before anything was delivered, and is retried after {@code pause}. */
  default void attemptFailed(PeerException failure, Duration pause) {}

  /**
   * Returns a listener that calls this one and then {@code next}. Frames go only to a listener that
   * wants them. If this listener throws, {@code next} is not called.
   */
  default ExchangeListener andThen(ExchangeListener next) {
    return new ExchangeListenerPair(this, next);
  }
}
