// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/**
 * Observes the requests to a server. Every method does nothing unless it is overridden.
 *
 * <p>The events of one request come one at a time, not always on the same thread, between {@link
 * #requestBegun} and {@link #requestEnded}; requests that run at the same time report at the same
 * time. Each event gets the request, {@link ServedRequest#id} of which never changes. An
 * implementation returns soon, since responses wait for it. What it throws is logged, and the
 * request continues.
 *
 * <p>{@link AccessLog} writes one line per request.
 */
public interface ServerListener {
  /** A listener that ignores every event; with it nothing is counted. */
  ServerListener NONE = new ServerListener() {};

  /** A request began. Its repository is not known yet. */
  default void requestBegun(ServedRequest request) {}

  /** The next bytes of the request's body were received. */
  default void bytesReceived(ServedRequest request, long count) {}

  /** The next bytes of the response's body were handed to the transport. */
  default void bytesSent(ServedRequest request, long count) {}

  /**
   * The response to a command begins to be produced.
   *
   * @param command its name, or {@link CommandReport#UNKNOWN}
   */
  default void commandBegun(ServedRequest request, String command) {}

  /**
   * The client is redirected for the response to a command.
   *
   * @param target the name of the redirect target
   */
  default void commandRedirected(ServedRequest request, String command, String target) {}

  /**
   * A command is refused: unknown, not permitted, with wrong arguments, or by the command itself.
   *
   * @param reason the message to the client; it may contain text that the client sent
   */
  default void commandRefused(ServedRequest request, String command, String reason) {}

  /** A command failed: the server is at fault, and the client does not learn the details. */
  default void commandFailed(ServedRequest request, String command, Throwable failure) {}

  /**
   * A command found what the operator should mend, such as a stored bundle that is damaged, and
   * continues without it: the client gets what it asked for.
   */
  default void commandWarned(ServedRequest request, String command, Throwable problem) {}

  /** The response to a command ended, or was abandoned. */
  default void commandEnded(ServedRequest request, CommandReport report) {}

  /**
   * A whole request is refused: malformed, without a repository, not permitted, or its input breaks
   * the protocol.
   *
   * @param reason the message to the client; it may contain text that the client sent
   */
  default void requestRefused(ServedRequest request, String reason) {}

  /** A whole request failed: its repository could not be looked up or read, for example. */
  default void requestFailed(ServedRequest request, Throwable failure) {}

  /** A request ended: its response was handed to the transport, or the connection was cut. */
  default void requestEnded(ServedRequest request, RequestReport report) {}

  /**
   * Returns a listener that passes each event to this one and then to {@code next}, even if this
   * one fails.
   */
  default ServerListener andThen(ServerListener next) {
    if (this == NONE) {
      return next;
    }
    return next == NONE ? this : new ListenerPair(this, next);
  }
}
