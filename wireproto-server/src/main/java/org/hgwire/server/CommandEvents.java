// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.OptionalLong;

/**
 * Reports one command of a request to a {@link ServerListener}. Used by one thread at a time, not
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

  /** Reports that the client is redirected to the redirect target of this name. */
  public void redirected(String target) {
    outcome = Outcome.REDIRECTED;
    request.tell((to, about) -> to.commandRedirected(about, name, target));
  }

  /** Reports that the command is refused. */
  public void refused(String reason) {
    outcome = Outcome.REFUSED;
    request.tell((to, about) -> to.commandRefused(about, name, reason));
  }

  /** Reports that the command failed. */
  public void failed(Throwable failure) {
    outcome = Outcome.FAILED;
    request.tell((to, about) -> to.commandFailed(about, name, failure));
  }

  /** Reports that the response is abandoned before it is complete. */
  public void cut() {
    outcome = Outcome.CUT;
  }

  /** Adds to the size of the response. */
  public void bytes(long count) {
    bytes += count;
  }

  /**
   * Reports that the response ended. Further calls have no effect.
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
