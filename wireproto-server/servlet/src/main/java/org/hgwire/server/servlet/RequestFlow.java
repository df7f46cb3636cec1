// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through a container. Whatever happens {@linkplain #wake wakes} it; it then
 * takes steps on a worker, at most one at a time, as long as there is something to do: writing what
 * the exchange returned, giving it a piece of the body that it wants, pulling its next buffer when
 * all before has left.
 *
 * <p>After a response that did not want the whole body, the rest is read and thrown away, within
 * bounds: a client that still sends would lose the response otherwise.
 */
final class RequestFlow implements AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(RequestFlow.class);
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private final HttpService service;
  private final RequestHead head;
  private final AsyncContext async;
  private final Host host;
  private final RequestBody requestBody;
  private final ResponseBody responseBody;
  private final PacedWait reading;
  private final PacedWait writing;
  private final Turn requestTurn;
  private final Turn responseTurn;
  private final ContainerGate gate = new ContainerGate();
  private final ContainerResponse container;
  private final AtomicInteger signals = new AtomicInteger();

  // Used in the steps alone.
  private @Nullable HttpExchange exchange;
  private boolean responseEnded;

  /**
   * What a servlet lends to its flows.
   *
   * @param workers where the steps are taken: its threads may block
   * @param budget how much the servlet does at once
   * @param timer what wakes flows whose client is slow
   * @param done called when a flow has ended
   */
  record Host(
      Executor workers,
      ServerBudget budget,
      ScheduledExecutorService timer,
      Consumer<RequestFlow> done) {}

  /**
   * Makes the flow of a request.
   *
   * @param service what responds
   * @param head the head of the request
   * @param async the request and its response, in asynchronous mode
   */
  RequestFlow(
      HttpService service, RequestHead head, AsyncContext async, Host host, Timeouts timeouts)
      throws IOException {
    this.service = service;
    this.head = head;
    this.async = async;
    this.host = host;
    container = new ContainerResponse(gate, async);
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    int grain = Math.max(ResponseBody.WRITTEN_PIECE, response.getBufferSize());
    HttpServletRequest request = (HttpServletRequest) async.getRequest();
    String connection = request.getServletConnection().getConnectionId();
    ServerBudget budget = host.budget();
    requestTurn = new Turn(budget.requests(), connection, host.timer(), this::wake);
    responseTurn = new Turn(budget.responses(), connection, host.timer(), this::wake);
    reading = PacedWait.forReading(timeouts, requestTurn, host.timer(), this::wake);
    writing = PacedWait.forWriting(timeouts, grain, responseTurn, host.timer(), this::wake);
    requestBody = new RequestBody(gate, request, head, reading, this::wake, this::readFailed);
    responseBody = new ResponseBody(gate, response, writing, this::wake, this::complete);
  }

  /** Begins to respond; called once, by the container's thread. */
  void begin() {
    async.addListener(this);
    responseBody.begin();
    wake();
  }

  private void wake() {
    if (signals.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      host.workers().execute(this::work);
    } catch (RejectedExecutionException | OutOfMemoryError stopped) {
      // No step is under way, and none will be: also if a thread cannot be started.
      refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "no worker is free");
      release();
    }
  }

  private void work() {
    int seen = signals.get();
    boolean more = false;
    try {
      more = !gate.isClosed() && step();
    } catch (Throwable failure) {
      if (!gate.isClosed()) {
        LOG.warn("{} {} was cut", head.method(), head.target(), failure);
        cut("the response cannot continue; see the log of the server");
      }
    }
    if (gate.isClosed()) {
      release();
    }
    if (more || signals.addAndGet(-seen) != 0) {
      schedule();
    }
  }

  /** Does what can be done now, and returns whether there may be more. */
  private boolean step() throws IOException {
    if (requestBody.isTooSlow()) {
      refuse(HttpServletResponse.SC_REQUEST_TIMEOUT, "the body of the request came too slowly");
      return false;
    }
    if (responseBody.isTooSlow()) {
      LOG.debug("{} {} was read too slowly", head.method(), head.target());
      cut("the response was read too slowly");
      return false;
    }
    if (requestTurn.isOver() || responseTurn.isOver()) {
      refuse(ServerBudget.STATUS, "the server has no place for the request now");
      return false;
    }
    boolean moved = responseBody.push();
    if (responseEnded) {
      return endIfSent() || moved;
    }
    HttpExchange open = exchange;
    if (open == null && !requestTurn.take()) {
      return false;
    }
    if (open == null) {
      open = service.open(head);
      exchange = open;
    }
    if (!requestBody.ended() && open.wantsInput()) {
      moved |= take(open);
    }
    ResponseHead known = open.responseHead();
    if ((known == null && open.wantsInput()) || !responseTurn.take()) {
      return moved;
    }
    if (known == null) {
      // Without a head there is no output, but the work that decides it.
      return open.nextOutput() != null || moved;
    }
    if (!container.headWritten()) {
      host.budget().responded(known.status());
      container.writeHead(known, requestBody.isIncomplete());
    }
    if (!open.finished() && responseBody.isWritable()) {
      ByteBuffer output = open.nextOutput();
      if (output != null) {
        responseBody.give(output);
        moved = true;
      }
    }
    if (responseBody.isStalled()) {
      open.pause();
    }
    if (open.finished()) {
      responseEnded = true;
      closeExchange();
      moved = true;
    }
    return moved;
  }

  private boolean take(HttpExchange open) {
    ByteBuffer piece = requestBody.read();
    if (piece == null) {
      return false;
    }
    if (piece.hasRemaining()) {
      open.receive(piece);
    }
    if (requestBody.ended()) {
      open.endOfInput();
    }
    return true;
  }

  /** Ends a request whose response is complete: when it has left, and the rest of the body came. */
  private boolean endIfSent() {
    if (!responseBody.isWritable()) {
      return false;
    }
    if (requestBody.isUnread() && requestBody.received() < MAX_DISCARDED) {
      return requestBody.read() != null;
    }
    complete();
    return false;
  }

  /** Ends a request with a status, or by a cut if its response has begun. */
  private void refuse(int status, String reason) {
    LOG.debug("{} {} {}: {}", head.connection().address(), head.method(), head.target(), reason);
    if (container.refuse(status) || container.cut(reason)) {
      wake();
    }
  }

  private void cut(String reason) {
    if (container.cut(reason)) {
      wake();
    }
  }

  private void complete() {
    if (container.complete()) {
      wake();
    }
  }

  /**
   * Ends a request whose servlet is stopped. A container does not dispatch to it any more, so that
   * only its frames or its length show whether a response that has begun is complete.
   */
  void stop() {
    LOG.debug("{} {} ends with its servlet", head.method(), head.target());
    if (container.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE) || container.complete()) {
      wake();
    }
  }

  private void readFailed() {
    refuse(HttpServletResponse.SC_BAD_REQUEST, "the body of the request broke off");
  }

  private void release() {
    reading.close();
    writing.close();
    requestTurn.close();
    responseTurn.close();
    closeExchange();
    host.done().accept(this);
  }

  private void closeExchange() {
    HttpExchange open = exchange;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    if (gate.close()) {
      wake();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    complete();
  }

  @Override
  public void onError(AsyncEvent event) {
    complete();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
