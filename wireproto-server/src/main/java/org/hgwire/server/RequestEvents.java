// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports one request to a {@link ServerListener}, and collects its {@link RequestReport}. A
 * transport calls it in the order of the events, and {@link #ended} last. Used by one thread at a
 * time, not always the same.
 */
public final class RequestEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RequestEvents.class);
  private static final AtomicLong LAST_ID = new AtomicLong();

  private final ServerListener listener;
  private final LongSupplier nanoTime;
  private final long begun;
  private final List<CommandReport> commands = new ArrayList<>();
  private ServedRequest request;
  private @Nullable String repository;
  private @Nullable Outcome outcome;
  private long commandCount;
  private long received;
  private long sent;
  private boolean ended;

  private RequestEvents(ServerListener listener, ServedRequest request, LongSupplier nanoTime) {
    this.listener = listener;
    this.request = request;
    this.nanoTime = nanoTime;
    this.begun = isSilent() ? 0 : nanoTime.getAsLong();
  }

  /** Reports to {@code listener} that a request begins. */
  public static RequestEvents begin(
      ServerListener listener, String method, String path, Caller caller) {
    return begin(listener, method, path, caller, System::nanoTime);
  }

  static RequestEvents begin(
      ServerListener listener, String method, String path, Caller caller, LongSupplier nanoTime) {
    long id = listener == ServerListener.NONE ? 0 : LAST_ID.incrementAndGet();
    RequestEvents events =
        new RequestEvents(listener, new ServedRequest(id, method, path, caller), nanoTime);
    events.tell(ServerListener::requestBegun);
    return events;
  }

  /** Returns events that are reported to no listener. */
  public static RequestEvents silent() {
    return begin(ServerListener.NONE, "", "", Caller.of(ClientConnection.UNKNOWN, "", ""));
  }

  /** Returns whether there is no listener. */
  public boolean isSilent() {
    return listener == ServerListener.NONE;
  }

  /** Sets which repository is looked up: the one at the path of {@code caller}. */
  public void lookingUp(Caller caller) {
    if (!isSilent()) {
      request = request.withCaller(caller);
    }
  }

  /** Reports that the repository that was looked up last exists. */
  public void found() {
    repository = request.caller().path();
  }

  /** Reports that {@code count} more bytes of the body were received. */
  public void received(long count) {
    received += count;
    tell((to, about) -> to.bytesReceived(about, count));
  }

  /** Reports that {@code count} more bytes of the response's body were handed to the transport. */
  public void sent(long count) {
    sent += count;
    tell((to, about) -> to.bytesSent(about, count));
  }

  /** Reports that the request is redirected to another URL. */
  public void redirected() {
    decide(Outcome.REDIRECTED);
  }

  /** Reports that the request is refused. */
  public void refused(String reason) {
    decide(Outcome.REFUSED);
    tell((to, about) -> to.requestRefused(about, reason));
  }

  /** Reports that the request failed. */
  public void failed(Throwable failure) {
    decide(Outcome.FAILED);
    tell((to, about) -> to.requestFailed(about, failure));
  }

  /** Reports that a command found what the operator should mend, and continues. */
  public void warned(String command, Throwable problem) {
    tell((to, about) -> to.commandWarned(about, command, problem));
  }

  /**
   * Reports that the response to a command begins.
   *
   * @param name its name, or {@link CommandReport#UNKNOWN}
   */
  public CommandEvents command(String name) {
    commandCount++;
    return new CommandEvents(this, name, isSilent() ? 0 : nanoTime.getAsLong());
  }

  /**
   * Reports that the request ended. Further calls have no effect.
   *
   * @param status the HTTP status, or 0 if there was no response
   * @param complete whether the response was complete
   */
  public void ended(int status, boolean complete) {
    if (ended || isSilent()) {
      return;
    }
    ended = true;
    decide(complete ? Outcome.COMPLETED : Outcome.CUT);
    RequestReport report =
        new RequestReport(
            outcome == null ? Outcome.CUT : outcome,
            status,
            Optional.ofNullable(repository),
            commands,
            commandCount,
            received,
            sent,
            since(begun));
    tell((to, about) -> to.requestEnded(about, report));
  }

  private void decide(Outcome next) {
    // The first to be known is the cause of the others.
    if (outcome == null) {
      outcome = next;
    }
  }

  void commandEnded(CommandReport report) {
    if (commands.size() < RequestReport.MAX_COMMANDS) {
      commands.add(report);
    }
    tell((to, about) -> to.commandEnded(about, report));
  }

  Duration since(long start) {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  void tell(BiConsumer<ServerListener, ServedRequest> event) {
    if (isSilent()) {
      return;
    }
    try {
      event.accept(listener, request);
    } catch (RuntimeException failure) {
      LOG.warn("the listener of the server failed; the request continues", failure);
    }
  }
}
