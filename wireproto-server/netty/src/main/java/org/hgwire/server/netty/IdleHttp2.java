// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an HTTP/2 connection on which no stream is open for the idle time, or that failed. */
// What a failed write or close leads to is told by channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class IdleHttp2 extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(IdleHttp2.class);

  private final Timeouts timeouts;
  private @Nullable Deadline deadline;

  IdleHttp2(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline = new Deadline(context.executor(), () -> check(context));
    again();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    clear();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    clear();
    context.fireChannelInactive();
  }

  /** A fault of the connection: its codec has said GOAWAY. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("{} failed", context.channel().remoteAddress(), cause);
    context.close();
  }

  private void check(ChannelHandlerContext context) {
    Http2FrameCodec codec = context.pipeline().get(Http2FrameCodec.class);
    if (codec == null || codec.connection().numActiveStreams() == 0) {
      context.pipeline().close();
    } else {
      again();
    }
  }

  private void again() {
    Deadline set = deadline;
    if (set != null) {
      set.set(timeouts.idle().toNanos());
    }
  }

  private void clear() {
    Deadline set = deadline;
    if (set != null) {
      set.clear();
    }
  }
}
