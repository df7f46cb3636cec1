// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Places;
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

  /** The size of each write in bytes: the resolution at which a slow client's progress is seen. */
  private static final int PIECE_SIZE = 8 * 1024;

  /**
   * How much of a body that nobody wants is discarded, in bytes, before the connection is closed.
   * Not a wire limit: it bounds work, holds nothing, and concerns HTTP alone.
   */
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private final HgWireHandler handler;
  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final RequestHead head;
  private final ServerBudget budget;
  private final Turn requestTurn;
  private final Turn responseTurn;
  private final BodyReading reading;
  private final BodyWriting writing;
  private final long startNanos;

  private @Nullable ExchangeWork work;
  private boolean keepAlive;
  private boolean continueExpected;
  private boolean wantsInput;
  private boolean bodyEnded;
  private @Nullable ResponseHead known;
  private boolean headWritten;
  private boolean dry;
  private boolean finished;
  private boolean responseEnded;
  private boolean ended;
  private int status;

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
    requestTurn = turn(budget.requests());
    responseTurn = turn(budget.responses());
    reading = new BodyReading(context.executor(), timeouts, requestTurn, this::readTooSlow);
    writing =
        new BodyWriting(
            context.executor(),
            timeouts,
            PIECE_SIZE,
            responseTurn,
            this::pause,
            this::writeTooSlow);
    startNanos = context.executor().ticker().nanoTime();
  }

  private Turn turn(Places places) {
    return new Turn(
        context.executor(),
        places,
        HttpMessages.connectionOf(context.channel()),
        this::giveWay,
        this::giveWay);
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
    if (requestTurn.take(() -> open(created))) {
      open(created);
    }
  }

  private void open(ExchangeWork created) {
    if (!ended) {
      work = created;
      created.start(ExchangeWork.Step.open(handler.hasLastContent() && mayPull()));
    }
  }

  private boolean mayPull() {
    return context.channel().isWritable() && mayRespond();
  }

  private boolean mayRespond() {
    return responseTurn.take(this::proceed);
  }

  /** Does what is possible now. */
  void proceed() {
    ExchangeWork running = work;
    if (ended || running == null) {
      return;
    }
    if (handler.hasContent()) {
      reading.arrived();
    }
    if (responseEnded) {
      discardBody();
      return;
    }
    if (bodyEnded || handler.hasLastContent()) {
      handler.watch(context);
    }
    if (running.isStepping()) {
      return;
    }
    ResponseHead response = known;
    if (response != null && !headWritten && mayRespond()) {
      writeHead(response);
      if (finished) {
        endResponse();
        return;
      }
    }
    if (wantsInput && !bodyEnded) {
      HttpContent piece = handler.nextContent();
      if (piece != null) {
        process(running, piece);
        return;
      }
      demandBody();
    }
    if (headWritten && !dry && context.channel().isWritable()) {
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
      ended = true;
      endWaiting();
      ExchangeWork running = work;
      if (running != null) {
        running.cancel();
      }
      logAccess();
    }
  }

  private void endWaiting() {
    reading.end();
    writing.end();
    requestTurn.close();
    responseTurn.close();
  }

  private void process(ExchangeWork running, HttpContent piece) {
    if (piece.decoderResult().isFailure()) {
      piece.release();
      if (headWritten) {
        cut("the body of the request is malformed");
      } else {
        refuse(Refusal.MALFORMED);
      }
      return;
    }
    ByteBuf bytes = piece.content();
    reading.processed(bytes.readableBytes());
    bodyEnded = piece instanceof LastHttpContent;
    dry = false;
    boolean pull = (headWritten || bodyEnded) && mayPull();
    running.start(ExchangeWork.Step.receive(bytes, bodyEnded, pull));
  }

  private void demandBody() {
    if (continueExpected && !headWritten) {
      continueExpected = false;
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
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
    wantsInput = outcome.wantsInput();
    known = outcome.head();
    finished = outcome.finished();
    if (known != null && !headWritten && mayRespond()) {
      writeHead(known);
    }
    ByteBuffer output = outcome.output();
    if (output != null && output.hasRemaining()) {
      write(output);
    }
    dry = outcome.dry();
    if (finished && headWritten) {
      endResponse();
    }
    proceed();
  }

  private void writeHead(ResponseHead response) {
    headWritten = true;
    status = response.status();
    budget.responded(status);
    // A client that is still sending may not notice the response: no request can follow this one.
    keepAlive &= bodyEnded || handler.hasLastContent();
    keepAlive &= !"close".equals(response.fields().first("Connection"));
    keepAlive &=
        response.length().isPresent() || !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    context.write(HttpMessages.response(request, response, keepAlive));
  }

  private void write(ByteBuffer output) {
    ByteBuf whole = Unpooled.wrappedBuffer(output);
    while (whole.isReadable()) {
      int size = Math.min(PIECE_SIZE, whole.readableBytes());
      ChannelFuture written = context.write(new DefaultHttpContent(whole.readRetainedSlice(size)));
      writing.submitted(size, written);
    }
    whole.release();
    context.flush();
  }

  private void endResponse() {
    responseEnded = true;
    ExchangeWork running = work;
    if (running != null) {
      running.cancel();
    }
    ChannelFuture written = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    writing.submitted(0, written);
    written.addListener(future -> discardBody());
  }

  private void discardBody() {
    if (ended) {
      return;
    }
    HttpContent piece = bodyEnded ? null : handler.nextContent();
    while (piece != null) {
      reading.processed(piece.content().readableBytes());
      bodyEnded = piece instanceof LastHttpContent;
      piece.release();
      piece = bodyEnded ? null : handler.nextContent();
    }
    if (!bodyEnded && !continueExpected && reading.received() < MAX_DISCARDED) {
      reading.await();
      handler.demand(context);
    } else if (writing.idle()) {
      end();
    }
  }

  private void end() {
    ended = true;
    endWaiting();
    logAccess();
    handler.requestEnded(context, keepAlive && bodyEnded);
  }

  private void refuse(Refusal refusal) {
    status = refusal.status().code();
    abort();
    context
        .writeAndFlush(HttpMessages.refusal(request, refusal))
        .addListener(future -> context.close());
  }

  private void readTooSlow() {
    if (headWritten) {
      cut("the body of the request arrived too slowly");
    } else {
      refuse(Refusal.TOO_SLOW);
    }
  }

  /** Leaves its place to others. */
  private void giveWay() {
    if (ended) {
      return;
    }
    if (headWritten) {
      cut("the client did not read, and others were waiting");
    } else {
      refuse(Refusal.OVERLOADED);
    }
  }

  private boolean pause() {
    ExchangeWork running = work;
    if (running == null || running.isStepping() || responseEnded) {
      return false;
    }
    running.start(ExchangeWork.Step.pausing());
    return true;
  }

  private void writeTooSlow() {
    cut("the response was read too slowly");
  }

  private void cut(String reason) {
    LOG.debug(
        "{} {} {}: {}", context.channel().remoteAddress(), head.method(), head.target(), reason);
    context.close();
  }

  private void logAccess() {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} \"{} {}\" {} in={} out={} ms={}",
          head.connection().address(),
          head.method(),
          head.target(),
          status,
          reading.received(),
          writing.sent(),
          (context.executor().ticker().nanoTime() - startNanos) / 1_000_000);
    }
  }
}
