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
import org.hgwire.server.http.HttpService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the HTTP requests of one channel: the handler that is put behind an HTTP/1.1 server codec,
 * or behind the codec that turns the frames of an HTTP/2 stream into HTTP objects. A new one for
 * each channel.
 *
 * <p>It turns the channel's automatic reading off and reads only what the exchange wants. The work
 * is done on the executor that is given, never on the event loop; responses are pulled only while
 * the channel is writable, so that a client that does not read costs one buffer and no thread.
 * Requests that are pipelined are answered one after the other.
 *
 * <p>The user event {@link Draining} ends a channel as soon as it has no running response.
 */
// What a failed write or close leads to is told by channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HgWireHandler extends ChannelInboundHandlerAdapter {
  /** The user event that says that the server is about to end. */
  public enum Draining {
    /** The only one. */
    DRAINING
  }

  private static final Logger LOG = LoggerFactory.getLogger(HgWireHandler.class);

  private final HttpService service;
  private final Executor workers;
  private final Timeouts timeouts;
  private final Queue<HttpObject> inbound = new ArrayDeque<>();

  private @Nullable Deadline headDeadline;
  private @Nullable RequestFlow flow;
  private boolean reading;
  private boolean draining;
  private boolean anyRequest;
  private boolean takingTurns;

  /**
   * Makes the handler of one channel.
   *
   * @param service what answers the requests
   * @param workers where that is done: its threads may block on the repository
   * @param timeouts how long the client may take
   */
  public HgWireHandler(HttpService service, Executor workers, Timeouts timeouts) {
    this.service = service;
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

  /** Returns the next piece of the body of the request that is running, or null if none is here. */
  @Nullable HttpContent nextContent() {
    return inbound.peek() instanceof HttpContent ? (HttpContent) inbound.poll() : null;
  }

  /** Returns whether a piece of the body of the request that is running is here. */
  boolean contentIsHere() {
    return inbound.peek() instanceof HttpContent;
  }

  /** Returns whether the last piece of the body of the request that is running is here. */
  boolean endIsHere() {
    return inbound.stream().anyMatch(LastHttpContent.class::isInstance);
  }

  /** Reads from the channel, unless that is under way. */
  void demand(ChannelHandlerContext context) {
    if (!reading) {
      reading = true;
      context.read();
    }
  }

  /** Takes the end of the request that was running, and turns to the next. */
  void requestEnded(ChannelHandlerContext context, boolean keepAlive) {
    flow = null;
    if (!keepAlive || draining) {
      context.close();
      return;
    }
    awaitRequest(context);
    proceed(context);
  }

  private void awaitRequest(ChannelHandlerContext context) {
    Deadline deadline = headDeadline;
    if (deadline != null) {
      deadline.set((anyRequest ? timeouts.idle() : timeouts.firstFrame()).toNanos());
    }
    if (inbound.isEmpty()) {
      demand(context);
    }
  }

  private void proceed(ChannelHandlerContext context) {
    if (takingTurns) {
      return;
    }
    takingTurns = true;
    try {
      boolean more = true;
      while (more && context.channel().isActive()) {
        more = takeTurn(context);
      }
    } finally {
      takingTurns = false;
    }
  }

  private boolean takeTurn(ChannelHandlerContext context) {
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
    anyRequest = true;
    if (headDeadline != null) {
      headDeadline.clear();
    }
    RequestFlow running = new RequestFlow(this, context, request, timeouts);
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
    for (HttpObject left = inbound.poll(); left != null; left = inbound.poll()) {
      ReferenceCountUtil.release(left);
    }
  }
}
