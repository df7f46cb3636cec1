// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;

/** Assembles the pipeline of a connection: with or without TLS, HTTP/1.1 or HTTP/2. */
// A failed close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpPipelines extends ChannelInitializer<Channel> {
  // Bounds of HTTP, not wire limits: Netty's codecs enforce them before a request reaches the
  // protocol, and a host with its own pipeline sets its own.
  private static final int MAX_REQUEST_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int MAX_CHUNK = 64 * 1024;

  private final HttpService service;
  private final ServerBudget budget;
  private final Executor workers;
  private final Timeouts timeouts;
  private final Duration grace;
  private final @Nullable SslContext tls;

  HttpPipelines(
      HttpService service,
      ServerBudget budget,
      Executor workers,
      Timeouts timeouts,
      Duration grace,
      @Nullable SslContext tls) {
    this.service = service;
    this.budget = budget;
    this.workers = workers;
    this.timeouts = timeouts;
    this.grace = grace;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    FirstRequest firstRequest = new FirstRequest(channel, timeouts.firstFrame());
    if (tls == null) {
      pipeline.addLast(new ProtocolSniffer(this, firstRequest));
      return;
    }
    SslHandler handshake = tls.newHandler(channel.alloc());
    handshake.setHandshakeTimeoutMillis(timeouts.firstFrame().toMillis());
    pipeline.addLast(new RenegotiationGuard(handshake));
    pipeline.addLast(handshake);
    pipeline.addLast(
        new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
          @Override
          protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
              http2(context.pipeline(), firstRequest);
            } else {
              http1(context.pipeline(), firstRequest);
            }
          }
        });
  }

  void http1(ChannelPipeline pipeline, FirstRequest firstRequest) {
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK)));
    pipeline.addLast(firstRequest.watcher());
    pipeline.addLast(newHandler());
  }

  void http2(ChannelPipeline pipeline, FirstRequest firstRequest) {
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(budget.maxOfConnection())
                    .maxHeaderListSize(MAX_HEADERS))
            .gracefulShutdownTimeoutMillis(grace.toMillis())
            .build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.config().setWriteBufferWaterMark(AcceptGate.WATER_MARKS);
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new StreamFaults());
                stream.pipeline().addLast(newHandler());
              }
            }));
    pipeline.addLast(new Http2Lifetime(timeouts.idle(), firstRequest));
  }

  /** Ends a connection as soon as it has no response in progress. */
  static void drain(Channel connection) {
    Http2Lifetime http2 = connection.pipeline().get(Http2Lifetime.class);
    if (http2 != null) {
      http2.end(Http2Error.NO_ERROR, "the server is shutting down");
    } else if (connection.pipeline().get(HgWireHandler.class) != null) {
      connection.pipeline().fireUserEventTriggered(HgWireHandler.Draining.DRAINING);
    } else {
      connection.close();
    }
  }

  private HgWireHandler newHandler() {
    return new HgWireHandler(service, budget, workers, timeouts);
  }
}
