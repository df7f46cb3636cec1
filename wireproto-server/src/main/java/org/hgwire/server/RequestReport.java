// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param outcome how it ended; a request whose commands were refused one by one is completed
 * @param status the HTTP status of its response; 0 if it had none
 * @param repository the path of the repository, if one was found
 * @param commands the first {@value #MAX_COMMANDS} of its commands that began, in order
 * @param commandCount how many of its commands began
 * @param bytesReceived how many bytes of its body were received
 * @param bytesSent how many bytes of the response's body were handed to the transport
 * @param duration the time from its beginning to the end
 */
public record RequestReport(
    Outcome outcome,
    int status,
    Optional<String> repository,
    List<CommandReport> commands,
    long commandCount,
    long bytesReceived,
    long bytesSent,
    Duration duration) {
  /**
   * How many commands a report lists: one request may have any number, and the report must not
   * grow. It bounds what the server remembers, not what a peer may send.
   */
  public static final int MAX_COMMANDS = 64;

  /** Copies the list. */
  public RequestReport {
    commands = List.copyOf(commands);
  }
}
