// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.jspecify.annotations.Nullable;

/**
 * A ready server: HTTP/1.1 and HTTP/2, with or without TLS, on one port.
 *
 * <p>Over TLS the protocol is agreed by ALPN, if the {@link SslContext} offers it; without TLS a
 * client may begin to speak HTTP/2 at once (prior knowledge). Safe for use by several threads.
 */
// What a failed write or close leads to is told by channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HgWireServer implements AutoCloseable {
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final EventLoopGroup eventLoops;
  private final ChannelGroup connections;
  private final Channel listening;
  private final @Nullable ExecutorService ownWorkers;
  private final Duration grace;
  private boolean closed;

  private HgWireServer(Builder builder) throws IOException {
    grace = builder.grace;
    Executor workers = builder.workers;
    if (workers == null) {
      ExecutorService own = newWorkers();
      ownWorkers = own;
      workers = own;
    } else {
      ownWorkers = null;
    }
    connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    eventLoops =
        new MultiThreadIoEventLoopGroup(
            new DefaultThreadFactory("hgwire-io", true), NioIoHandler.newFactory());
    HttpPipelines pipelines =
        new HttpPipelines(builder.service, workers, builder.timeouts, grace, builder.tls);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .childHandler(remembering(pipelines))
            .bind(new InetSocketAddress(builder.host, builder.port))
            .awaitUninterruptibly();
    listening = bound.channel();
    Throwable failure = bound.cause();
    if (failure != null) {
      stopThreads();
      throw new IOException(
          "cannot listen on " + builder.host + ":" + builder.port + ": " + failure.getMessage(),
          failure);
    }
  }

  /** Begins a server of what {@code options} say. */
  public static Builder builder(ServerOptions options) {
    return new Builder(new HttpEndpoint(options));
  }

  /**
   * Begins a server that answers with {@code service}: contents alone, say, or contents beside
   * repositories ({@link HttpService#with}).
   */
  public static Builder builder(HttpService service) {
    return new Builder(service);
  }

  /** Returns the port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Ends the server gracefully: accepts no more connections, lets running responses end within the
   * grace time, then cuts them. Returns when all is over; may be called again.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    listening.close().syncUninterruptibly();
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> drain(connection));
    }
    if (!connections.newCloseFuture().awaitUninterruptibly(grace.toMillis())) {
      connections.close().awaitUninterruptibly(TimeUnit.SECONDS.toMillis(5));
    }
    stopThreads();
  }

  private static void drain(Channel connection) {
    if (connection.pipeline().get(HgWireHandler.class) != null) {
      connection.pipeline().fireUserEventTriggered(HgWireHandler.Draining.DRAINING);
    } else {
      // HTTP/2: its codec says GOAWAY and waits for the streams that are open.
      connection.close();
    }
  }

  private ChannelHandler remembering(HttpPipelines pipelines) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel connection) {
        connections.add(connection);
        connection.pipeline().addLast(pipelines);
      }
    };
  }

  private void stopThreads() {
    eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    ExecutorService own = ownWorkers;
    if (own != null) {
      own.shutdown();
    }
  }

  private static ExecutorService newWorkers() {
    int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("hgwire-work", true));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /** Collects what a server needs. */
  public static final class Builder {
    private final HttpService service;
    private String host = "127.0.0.1";
    private int port;
    private @Nullable SslContext tls;
    private @Nullable Executor workers;
    private Timeouts timeouts = Timeouts.defaults();
    private Duration grace = Duration.ofSeconds(30);

    private Builder(HttpService service) {
      this.service = service;
    }

    /** Sets the name or address to listen on; by default 127.0.0.1. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** Sets the port to listen on; by default 0: any that is free. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Sets that connections are encrypted. */
    public Builder tls(SslContext tls) {
      this.tls = tls;
      return this;
    }

    /**
     * Sets where the work is done; its threads may block on repositories. The caller ends it after
     * the server. By default the server has threads of its own, twice as many as processors.
     */
    public Builder workers(Executor workers) {
      this.workers = workers;
      return this;
    }

    /** Sets how long clients may take; by default {@link Timeouts#defaults()}. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /** Sets how long {@link HgWireServer#close} waits for running responses; by default 30 s. */
    public Builder grace(Duration grace) {
      this.grace = grace;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IOException if the port cannot be listened on
     */
    public HgWireServer start() throws IOException {
      return new HgWireServer(this);
    }
  }
}
