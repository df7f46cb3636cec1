// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;

/**
 * Closes a connection on which the head of the first request is not complete in time, whatever it
 * sent until then: parts of a TLS handshake, of a preface or of a head, settings, pings.
 */
// A failed write or close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class FirstRequest {
  private final Channel connection;
  private final Duration time;
  private final Deadline deadline;

  /** Starts the time. */
  FirstRequest(Channel connection, Duration time) {
    this.connection = connection;
    this.time = time;
    deadline = new Deadline(connection.eventLoop(), this::missed);
    deadline.set(time.toNanos());
    connection.closeFuture().addListener(closed -> deadline.clear());
  }

  /** Stops the time: the head of a request has arrived. */
  void arrived() {
    deadline.clear();
  }

  /** Returns a handler for a place behind the codec of HTTP/1.1, which sees the first request. */
  ChannelInboundHandlerAdapter watcher() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
          arrived();
          context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
      }
    };
  }

  private void missed() {
    Http2Lifetime http2 = connection.pipeline().get(Http2Lifetime.class);
    if (http2 == null) {
      connection.close();
    } else {
      http2.end(Http2Error.NO_ERROR, "no request within " + time.toSeconds() + " s");
    }
  }
}
