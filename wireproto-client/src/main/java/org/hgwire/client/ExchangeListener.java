// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.time.Duration;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.message.ProgressUpdate;

/**
 * Sees what goes over the wire. Every method does nothing unless it is overridden.
 *
 * <p>Called on the thread that does the I/O at that moment, with no two calls of one exchange at a
 * time; exchanges that run at the same time call at the same time. What is said of redirects comes
 * on the thread that reads the response, perhaps while its exchange goes on. An implementation
 * returns soon and does not call the peer.
 */
public interface ExchangeListener {
  /** A listener to which nothing matters. */
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

  /** So many bytes of a request body were sent. */
  default void bytesSent(long count) {}

  /** So many bytes of a response body were received from the server. */
  default void bytesReceived(long count) {}

  /** So many bytes of a body were received from a host of contents, not from the server. */
  default void contentBytesReceived(long count) {}

  /** The server said that a response is elsewhere. */
  default void redirectReceived(RedirectEvent.Received event) {}

  /** All of a response that was elsewhere was received, verified and read. */
  default void redirectCompleted(RedirectEvent.Completed event) {}

  /** A response that is elsewhere was not used from there. */
  default void redirectFailed(RedirectEvent.Failed event) {}

  /**
   * The server sent text for people: rendered, without control characters but line feed and tab.
   */
  default void textReceived(String text) {}

  /** The server sent progress. */
  default void progressReceived(ProgressUpdate update) {}

  /** An attempt failed before anything was delivered and is made again after {@code pause}. */
  default void attemptFailed(PeerException failure, Duration pause) {}

  /**
   * Returns a listener that calls this one and then {@code next}. Each gets frames only if it wants
   * them; what this one throws, {@code next} does not see.
   */
  default ExchangeListener andThen(ExchangeListener next) {
    return new ExchangeListenerPair(this, next);
  }
}
