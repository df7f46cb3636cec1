// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an HTTP/2 connection: when it failed, when it had no open stream for the idle time, when
 * none of its requests completed in that time, and when the server says so. The client learns why
 * from GOAWAY (RFC 9113, 6.8).
 */
// A failed write or close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Lifetime extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Lifetime.class);

  private final Duration idle;
  private final FirstRequest firstRequest;
  private @Nullable ChannelHandlerContext context;
  private long since;
  private boolean completed;

  /**
   * Makes the handler of one connection.
   *
   * @param idle how long it may have no open stream, after the first
   * @param firstRequest learns that the first stream opened
   */
  Http2Lifetime(Duration idle, FirstRequest firstRequest) {
    this.idle = idle;
    this.firstRequest = firstRequest;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    since = added.executor().ticker().nanoTime();
    Http2Connection connection = added.pipeline().get(Http2FrameCodec.class).connection();
    Deadline deadline =
        new Deadline(
            added.executor(),
            () -> end(Http2Error.NO_ERROR, "no request for " + idle.toSeconds() + " s"));
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamActive(Http2Stream stream) {
            firstRequest.arrived();
            AcceptGate.clientAwaited(added.channel(), false);
            deadline.clear();
          }

          @Override
          public void onStreamClosed(Http2Stream stream) {
            if (connection.numActiveStreams() == 0 && added.channel().isActive()) {
              deadline.set(idle.toNanos());
              AcceptGate.clientAwaited(added.channel(), true);
            }
            // Afterwards: a request that is complete is reported when its stream is closed.
            added.executor().execute(Http2Lifetime.this::checkCompleted);
          }
        });
    added.channel().closeFuture().addListener(closed -> deadline.clear());
  }

  /** Notes that a request on {@code channel} and its response are complete, if it is a stream. */
  static void requestCompleted(Channel channel) {
    if (channel instanceof Http2StreamChannel stream) {
      Http2Lifetime lifetime = stream.parent().pipeline().get(Http2Lifetime.class);
      if (lifetime != null) {
        lifetime.completed = true;
      }
    }
  }

  /** In HTTP/1.1 a connection ends with the first request that does not complete. */
  private void checkCompleted() {
    ChannelHandlerContext added = context;
    if (!completed
        && added != null
        && added.executor().ticker().nanoTime() - since > idle.toNanos()) {
      end(Http2Error.ENHANCE_YOUR_CALM, "no request was completed in " + idle.toSeconds() + " s");
    }
  }

  /** The codec has yet to send GOAWAY for a fault of the client, and closes after it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    LOG.debug("{} failed", failed.channel().remoteAddress(), cause);
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      end(Http2Error.INTERNAL_ERROR, "the connection failed");
    }
  }

  /** Sends GOAWAY, and closes the connection when the open streams have ended. */
  void end(Http2Error error, String reason) {
    ChannelHandlerContext added = context;
    if (added != null) {
      added.writeAndFlush(
          new DefaultHttp2GoAwayFrame(error, ByteBufUtil.writeUtf8(added.alloc(), reason)));
      added.pipeline().close();
    }
  }
}
