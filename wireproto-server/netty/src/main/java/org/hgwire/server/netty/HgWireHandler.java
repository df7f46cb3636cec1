// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.hgwire.server.http.HttpRules;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the HTTP requests of one channel. Add a new handler to each channel, after an HTTP/1.1
 * server codec, or after the codec that converts the frames of an HTTP/2 stream to HTTP objects.
 *
 * <p>It turns off automatic reading of the channel and reads only what the exchange wants. The work
 * is done on the given executor, never on the event loop. Responses are pulled only while the
 * channel is writable, so a client that does not read costs one buffer and no thread. Pipelined
 * requests are served one after the other.
 *
 * <p>The user event {@link Draining} closes the channel as soon as no response is in progress.
 */
// A failed write or close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HgWireHandler extends ChannelInboundHandlerAdapter {
  /** The user event that announces that the server is shutting down. */
  public enum Draining {
    /** The only value. */
    DRAINING
  }

  private static final Logger LOG = LoggerFactory.getLogger(HgWireHandler.class);

  private final HttpService service;
  private final ServerBudget budget;
  private final Executor workers;
  private final Timeouts timeouts;
  private final Queue<HttpObject> inbound = new ArrayDeque<>();

  private @Nullable Deadline headDeadline;
  private @Nullable RequestFlow flow;
  private boolean reading;
  private boolean draining;
  private boolean requestSeen;
  private boolean advancing;

  /**
   * Creates the handler of one channel.
   *
   * @param service responds to the requests; for example an {@link
   *     org.hgwire.server.http.HttpEndpoint}
   * @param budget how much the server does at once: one for all channels
   * @param workers runs it: its threads may block on the repository
   * @param timeouts how long to wait for the client
   */
  public HgWireHandler(
      HttpService service, ServerBudget budget, Executor workers, Timeouts timeouts) {
    this.service = HttpRules.around(service);
    this.budget = budget;
    this.workers = workers;
    this.timeouts = timeouts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(false);
    headDeadline = new Deadline(context.executor(), context::close);
    if (context.channel().isActive()) {
      awaitRequest(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    awaitRequest(context);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest whole) {
      DefaultHttpRequest head =
          new DefaultHttpRequest(
              whole.protocolVersion(), whole.method(), whole.uri(), whole.headers());
      head.setDecoderResult(whole.decoderResult());
      inbound.add(head);
      inbound.add(new DefaultLastHttpContent(whole.content()));
    } else if (message instanceof HttpObject part) {
      inbound.add(part);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    proceed(context);
    context.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    proceed(context);
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.DRAINING) {
      draining = true;
      RequestFlow running = flow;
      if (running == null) {
        context.close();
      } else {
        running.closeAfterwards();
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("{} failed", context.channel().remoteAddress(), cause);
    context.close();
  }

  /** Returns the next piece of the current request's body that has arrived, or null. */
  @Nullable HttpContent nextContent() {
    return inbound.peek() instanceof HttpContent ? (HttpContent) inbound.poll() : null;
  }

  /** Returns what {@link #nextContent} returns next. */
  @Nullable HttpContent peekContent() {
    return inbound.peek() instanceof HttpContent piece ? piece : null;
  }

  /** Returns whether the last piece of a body has arrived. */
  boolean hasLastContent() {
    return inbound.stream().anyMatch(LastHttpContent.class::isInstance);
  }

  /** Reads from the channel, unless a read is in progress. */
  void demand(ChannelHandlerContext context) {
    if (!reading) {
      reading = true;
      context.read();
    }
  }

  /**
   * Reads once more although the current request is whole: only by reading does the channel notice
   * that the client has gone. Not if the next request is here already.
   */
  void watch(ChannelHandlerContext context) {
    if (inbound.stream().noneMatch(HttpRequest.class::isInstance)) {
      demand(context);
    }
  }

  /** Ends the current request and continues with the next. */
  void requestEnded(ChannelHandlerContext context, boolean keepAlive) {
    flow = null;
    if (keepAlive) {
      Http2Lifetime.requestCompleted(context.channel());
    }
    if (!keepAlive || draining) {
      context.close();
      return;
    }
    awaitRequest(context);
    proceed(context);
  }

  private void awaitRequest(ChannelHandlerContext context) {
    AcceptGate.clientAwaited(context.channel(), true);
    Deadline deadline = headDeadline;
    if (deadline != null) {
      deadline.set((requestSeen ? timeouts.idle() : timeouts.firstFrame()).toNanos());
    }
    if (inbound.isEmpty()) {
      demand(context);
    }
  }

  private void proceed(ChannelHandlerContext context) {
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      boolean progress = true;
      while (progress && context.channel().isActive()) {
        progress = advance(context);
      }
    } finally {
      advancing = false;
    }
  }

  /** Takes one step, if there is one to take; returns whether there was. */
  private boolean advance(ChannelHandlerContext context) {
    RequestFlow running = flow;
    if (running != null) {
      running.proceed();
      return flow != running;
    }
    HttpObject next = inbound.poll();
    if (next instanceof HttpRequest request) {
      begin(context, request);
    } else if (next != null) {
      ReferenceCountUtil.release(next);
    } else {
      demand(context);
      return false;
    }
    return true;
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    requestSeen = true;
    AcceptGate.clientAwaited(context.channel(), false);
    if (headDeadline != null) {
      headDeadline.clear();
    }
    RequestFlow running = new RequestFlow(this, context, request, budget, timeouts);
    flow = running;
    if (draining) {
      running.closeAfterwards();
    }
    running.begin(service, workers);
  }

  private void release() {
    if (headDeadline != null) {
      headDeadline.clear();
    }
    RequestFlow running = flow;
    flow = null;
    if (running != null) {
      running.abort();
    }
    for (HttpObject part = inbound.poll(); part != null; part = inbound.poll()) {
      ReferenceCountUtil.release(part);
    }
  }
}
