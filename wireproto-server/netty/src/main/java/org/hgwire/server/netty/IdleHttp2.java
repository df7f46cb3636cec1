// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes an HTTP/2 connection that failed, or that had no open stream for the idle time. */
// A failed write or close ends in channelInactive.
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
    restart();
    Channel channel = context.channel();
    Http2Connection connection = context.pipeline().get(Http2FrameCodec.class).connection();
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamActive(Http2Stream stream) {
            AcceptGate.clientAwaited(channel, false);
          }

          @Override
          public void onStreamClosed(Http2Stream stream) {
            if (connection.numActiveStreams() == 0) {
              AcceptGate.clientAwaited(channel, true);
            }
          }
        });
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

  /** Closes a connection that failed; the codec has sent GOAWAY. */
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
      restart();
    }
  }

  private void restart() {
    Deadline timer = deadline;
    if (timer != null) {
      timer.set(timeouts.idle().toNanos());
    }
  }

  private void clear() {
    Deadline timer = deadline;
    if (timer != null) {
      timer.clear();
    }
  }
}
