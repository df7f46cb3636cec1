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
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through a channel. Used on the event loop alone.
 *
 * <p>At any time it does what is possible of: giving the exchange a piece of the body that is here,
 * reading one from the channel if the exchange wants it, pulling the next buffer of the response
 * while the channel is writable. After a response that did not want the whole body, the rest is
 * read and thrown away, within bounds: a client that still sends would lose the response otherwise.
 */
// What a failed write or close leads to is told by channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestFlow {
  private static final Logger LOG = LoggerFactory.getLogger(RequestFlow.class);

  /** Sizes of the pieces that are written: the grain in which a slow client's progress is seen. */
  private static final int WRITTEN_PIECE = 8 * 1024;

  private static final long MOST_PASSED_OVER = 16L * 1024 * 1024;

  private final HgWireHandler handler;
  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final RequestHead head;
  private final BodyReading reading;
  private final BodyWriting writing;
  private final long begun;

  private @Nullable ExchangeWork work;
  private boolean keepAlive;
  private boolean continueExpected;
  private boolean wantsInput;
  private boolean bodyEnded;
  private boolean headWritten;
  private boolean dry;
  private boolean responseEnded;
  private boolean ended;
  private int status;

  RequestFlow(
      HgWireHandler handler,
      ChannelHandlerContext context,
      HttpRequest request,
      Timeouts timeouts) {
    this.handler = handler;
    this.context = context;
    this.request = request;
    head = HttpMessages.requestHead(request, HttpMessages.connection(context.channel()));
    keepAlive = HttpUtil.isKeepAlive(request);
    continueExpected = HttpUtil.is100ContinueExpected(request);
    reading = new BodyReading(context.executor(), timeouts, this::readTooSlow);
    writing = new BodyWriting(context.executor(), timeouts, WRITTEN_PIECE, this::writeTooSlow);
    begun = context.executor().ticker().nanoTime();
  }

  /** Begins to answer; must be called once. */
  void begin(HttpService service, Executor workers) {
    if (request.decoderResult().isFailure()) {
      refuse(HttpMessages.statusOf(request.decoderResult().cause()));
      return;
    }
    ExchangeWork first =
        new ExchangeWork(service, head, workers, context.executor(), this::stepped);
    work = first;
    first.step(null, false, context.channel().isWritable());
  }

  /** Does what can be done now. */
  void proceed() {
    ExchangeWork running = work;
    if (ended || running == null) {
      return;
    }
    if (handler.contentIsHere()) {
      reading.came();
    }
    if (responseEnded) {
      passOver();
      return;
    }
    if (running.isStepping()) {
      return;
    }
    if (wantsInput && !bodyEnded) {
      HttpContent piece = handler.nextContent();
      if (piece != null) {
        take(running, piece);
        return;
      }
      demandBody();
    }
    if (headWritten && !dry && context.channel().isWritable()) {
      running.step(null, false, true);
    }
  }

  /** Lets the channel end with this request. */
  void closeAfterwards() {
    keepAlive = false;
  }

  /** Stops everything: the channel has ended. */
  void abort() {
    if (!ended) {
      ended = true;
      reading.ended();
      writing.ended();
      ExchangeWork running = work;
      if (running != null) {
        running.cancel();
      }
      logAccess();
    }
  }

  private void take(ExchangeWork running, HttpContent piece) {
    if (piece.decoderResult().isFailure()) {
      piece.release();
      cut("the body of the request is malformed");
      return;
    }
    ByteBuf bytes = piece.content();
    reading.taken(bytes.readableBytes());
    bodyEnded = piece instanceof LastHttpContent;
    dry = false;
    running.step(bytes, bodyEnded, context.channel().isWritable());
  }

  private void demandBody() {
    if (continueExpected && !headWritten) {
      continueExpected = false;
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    reading.awaited();
    handler.demand(context);
  }

  private void stepped(ExchangeWork.Outcome outcome) {
    if (ended) {
      return;
    }
    Throwable failure = outcome.failure();
    if (failure != null) {
      LOG.warn("{} {} was cut", head.method(), head.target(), failure);
      cut("the response cannot go on");
      return;
    }
    wantsInput = outcome.wantsInput();
    ResponseHead answer = outcome.head();
    if (answer != null && !headWritten) {
      writeHead(answer);
    }
    ByteBuffer output = outcome.output();
    if (output != null && output.hasRemaining()) {
      write(output);
    }
    dry = outcome.dry();
    if (outcome.finished() && headWritten) {
      endResponse();
    }
    proceed();
  }

  private void writeHead(ResponseHead answer) {
    headWritten = true;
    status = answer.status();
    // A client that still sends its body may not notice the response: no request follows this one.
    keepAlive &= bodyEnded || handler.endIsHere();
    keepAlive &=
        answer.length().isPresent() || !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    context.write(HttpMessages.response(request, answer, keepAlive));
  }

  private void write(ByteBuffer output) {
    ByteBuf whole = Unpooled.wrappedBuffer(output);
    while (whole.isReadable()) {
      int size = Math.min(WRITTEN_PIECE, whole.readableBytes());
      ChannelFuture written = context.write(new DefaultHttpContent(whole.readRetainedSlice(size)));
      writing.handedOver(size, written);
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
    writing.handedOver(0, written);
    written.addListener(future -> passOver());
  }

  private void passOver() {
    if (ended) {
      return;
    }
    HttpContent piece = bodyEnded ? null : handler.nextContent();
    while (piece != null) {
      reading.taken(piece.content().readableBytes());
      bodyEnded = piece instanceof LastHttpContent;
      piece.release();
      piece = bodyEnded ? null : handler.nextContent();
    }
    if (!bodyEnded && !continueExpected && reading.received() < MOST_PASSED_OVER) {
      reading.awaited();
      handler.demand(context);
    } else if (writing.idle()) {
      end();
    }
  }

  private void end() {
    ended = true;
    reading.ended();
    writing.ended();
    logAccess();
    handler.requestEnded(context, keepAlive && bodyEnded);
  }

  private void refuse(HttpResponseStatus refusal) {
    status = refusal.code();
    abort();
    DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal);
    HttpUtil.setContentLength(response, 0);
    HttpUtil.setKeepAlive(response, false);
    context.writeAndFlush(response).addListener(future -> context.close());
  }

  private void readTooSlow() {
    if (headWritten) {
      cut("the body of the request came too slowly");
    } else {
      refuse(HttpResponseStatus.REQUEST_TIMEOUT);
    }
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
          (context.executor().ticker().nanoTime() - begun) / 1_000_000);
    }
  }
}
