// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of a channel, from its head to the end of its response. Used only on the event loop.
 *
 * <p>It takes two turns: as an open request, before the exchange is opened, and as a response,
 * before its head is written or its first buffer is pulled.
 *
 * <p>Whenever something changes, it does what is possible: gives the exchange a piece of the body
 * that has arrived, reads one from the channel if the exchange wants it, pulls the next buffer of
 * the response while the channel is writable. If the response is complete before the body, the rest
 * of the body is discarded, up to a bound: otherwise a client that is still sending would lose the
 * response.
 */
// A failed write or close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestFlow {
  private static final Logger LOG = LoggerFactory.getLogger(RequestFlow.class);

  private final HgWireHandler handler;
  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final RequestHead head;
  private final ServerBudget budget;
  private final RequestTurns turns;
  private final BodyReading reading;
  private final ResponseOutput output;
  private final RequestTrace trace;

  private @Nullable ExchangeWork work;
  private boolean keepAlive;
  private boolean continueExpected;
  private boolean wantsInput;
  private @Nullable ResponseHead known;
  private boolean dry;
  private boolean finished;
  private boolean ended;

  RequestFlow(
      HgWireHandler handler,
      ChannelHandlerContext context,
      HttpRequest request,
      ServerBudget budget,
      Timeouts timeouts) {
    this.handler = handler;
    this.context = context;
    this.request = request;
    head = HttpMessages.requestHead(request, context.channel());
    keepAlive = HttpUtil.isKeepAlive(request);
    continueExpected = HttpUtil.is100ContinueExpected(request);
    this.budget = budget;
    turns = RequestTurns.of(context, budget, this::giveWay);
    reading =
        new BodyReading(context.executor(), timeouts, turns.request(), () -> end(Refusal.TOO_SLOW));
    output =
        new ResponseOutput(
            context,
            request,
            timeouts,
            turns.response(),
            this::pause,
            () -> cut("the response was read too slowly"));
    trace = new RequestTrace(head, context.executor());
  }

  /** Starts the response; must be called once. */
  void begin(HttpService service, Executor workers) {
    Refusal refusal = Refusal.of(request);
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    ExchangeWork created =
        new ExchangeWork(service, head, workers, context.executor(), this::stepped);
    if (turns.request().take(() -> open(created))) {
      open(created);
    }
  }

  private void open(ExchangeWork created) {
    work = created;
    HttpContent first = handler.peekContent();
    if (first == null || first.decoderResult().isFailure()) {
      created.start(ExchangeWork.Step.open());
    } else {
      process(created, first);
    }
  }

  private boolean mayPull() {
    return context.channel().isWritable() && turns.response().take(this::proceed);
  }

  /** Does what is possible now. */
  void proceed() {
    ExchangeWork running = work;
    if (ended || running == null) {
      return;
    }
    if (handler.peekContent() != null) {
      reading.arrived();
    }
    if (output.ended()) {
      discardBody();
      return;
    }
    if (reading.isComplete() || handler.hasLastContent()) {
      handler.watch(context);
    }
    if (running.isStepping()) {
      return;
    }
    if (beginResponse() && finished) {
      endResponse();
      return;
    }
    if (wantsInput && !reading.isComplete()) {
      HttpContent piece = handler.peekContent();
      if (piece != null) {
        process(running, piece);
        return;
      }
      demandBody();
    }
    boolean decidedByPulling = known == null && !wantsInput;
    if ((output.begun() || decidedByPulling) && !dry && mayPull()) {
      running.start(ExchangeWork.Step.pull());
    }
  }

  /** Closes the channel after this request. */
  void closeAfterwards() {
    keepAlive = false;
  }

  /** Stops everything: the channel is closed. */
  void abort() {
    if (!ended) {
      endWaiting();
      ExchangeWork running = work;
      if (running != null) {
        running.cancel();
      }
      trace.ended(output.status(), reading.received(), output.sent());
    }
  }

  private void endWaiting() {
    ended = true;
    reading.end();
    output.stop();
    turns.close();
  }

  private void process(ExchangeWork running, HttpContent piece) {
    if (piece.decoderResult().isFailure()) {
      end(Refusal.MALFORMED);
      return;
    }
    boolean last = piece instanceof LastHttpContent;
    boolean pull = (output.begun() || last) && mayPull();
    running.start(ExchangeWork.Step.receive(piece.content().retain(), last, pull));
  }

  private void demandBody() {
    if (continueExpected && !output.begun()) {
      continueExpected = false;
      output.writeContinue();
    }
    reading.await();
    handler.demand(context);
  }

  private void stepped(ExchangeWork.Outcome outcome) {
    if (ended) {
      return;
    }
    Throwable failure = outcome.failure();
    if (failure != null) {
      LOG.warn("{} {} failed", head.method(), head.target(), failure);
      cut("the response failed");
      return;
    }
    HttpContent processed = outcome.inputProcessed() ? handler.nextContent() : null;
    if (processed != null) {
      reading.processed(processed);
    }
    wantsInput = outcome.wantsInput();
    known = outcome.head();
    finished = outcome.finished();
    boolean begun = beginResponse() || output.begun();
    ByteBuffer bytes = outcome.output();
    if (bytes != null && bytes.hasRemaining()) {
      output.write(bytes);
    }
    dry = outcome.dry();
    if (finished && begun) {
      endResponse();
    } else {
      output.flush();
    }
    proceed();
  }

  /** Begins the response if its head is known and it is its turn; returns whether it did. */
  private boolean beginResponse() {
    ResponseHead response = known;
    if (response == null || output.begun() || !turns.response().take(this::proceed)) {
      return false;
    }
    budget.responded(response.status());
    // A client that is still sending may not notice the response: no request can follow this one.
    keepAlive &= reading.isComplete() || handler.hasLastContent();
    keepAlive &= HttpMessages.mayContinue(request, response);
    output.writeHead(response, keepAlive);
    return true;
  }

  private void endResponse() {
    ExchangeWork running = work;
    if (running != null) {
      running.cancel();
    }
    output.end(this::discardBody);
  }

  private void discardBody() {
    if (ended) {
      return;
    }
    HttpContent piece = reading.isComplete() ? null : handler.nextContent();
    while (piece != null) {
      reading.processed(piece);
      piece = reading.isComplete() ? null : handler.nextContent();
    }
    if (!reading.isComplete() && !continueExpected && reading.mayDiscard()) {
      reading.await();
      handler.demand(context);
    } else if (output.idle()) {
      end();
    }
  }

  private void end() {
    endWaiting();
    trace.ended(output.status(), reading.received(), output.sent());
    handler.requestEnded(context, keepAlive && reading.isComplete());
  }

  private void refuse(Refusal refusal) {
    abort();
    output.refuse(refusal);
  }

  /** Leaves its places to others. */
  private void giveWay() {
    if (!ended) {
      end(Refusal.OVERLOADED);
    }
  }

  /** Refuses the request, or cuts the response if it has begun. */
  private void end(Refusal reason) {
    if (output.begun()) {
      cut(reason.text());
    } else {
      refuse(reason);
    }
  }

  private boolean pause() {
    ExchangeWork running = work;
    if (running == null || running.isStepping()) {
      return false;
    }
    running.start(ExchangeWork.Step.pausing());
    return true;
  }

  private void cut(String reason) {
    trace.cut(reason);
    context.close();
  }
}
