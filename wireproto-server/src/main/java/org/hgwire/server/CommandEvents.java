// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.OptionalLong;

/**
 * Tells a {@link ServerListener} of one command of a request. Used by one thread at a time, not
 * always the same.
 */
public final class CommandEvents {
  private final RequestEvents request;
  private final String name;
  private final long begun;
  private Outcome outcome = Outcome.COMPLETED;
  private long bytes;
  private boolean ended;

  CommandEvents(RequestEvents request, String name, long begun) {
    this.request = request;
    this.name = name;
    this.begun = begun;
    request.tell((to, about) -> to.commandBegun(about, name));
  }

  /** Says that the client is redirected to the redirect target of this name. */
  public void redirected(String target) {
    outcome = Outcome.REDIRECTED;
    request.tell((to, about) -> to.commandRedirected(about, name, target));
  }

  /** Says that the command is refused. */
  public void refused(String reason) {
    outcome = Outcome.REFUSED;
    request.tell((to, about) -> to.commandRefused(about, name, reason));
  }

  /** Says that the command failed. */
  public void failed(Throwable failure) {
    outcome = Outcome.FAILED;
    request.tell((to, about) -> to.commandFailed(about, name, failure));
  }

  /** Says that the response is given up before it is complete. */
  public void cut() {
    outcome = Outcome.CUT;
  }

  /** Says that the response has so many more bytes. */
  public void bytes(long count) {
    bytes += count;
  }

  /**
   * Says that the response ended. What follows a first call is ignored.
   *
   * @param objects how many objects it had, if that is known
   */
  public void ended(OptionalLong objects) {
    if (ended || request.isSilent()) {
      return;
    }
    ended = true;
    request.commandEnded(new CommandReport(name, outcome, objects, bytes, request.since(begun)));
  }
}
