// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hgwire.core.WireLimits;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HealthCheck;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A ready server: HTTP/1.1 and HTTP/2, with or without TLS, on one port.
 *
 * <p>With TLS, the protocol is negotiated by ALPN if the {@link SslContext} is configured for it,
 * and is HTTP/1.1 otherwise. Without TLS, a client may start with HTTP/2 (prior knowledge); the
 * upgrade from HTTP/1.1 is not supported. Safe for use by several threads.
 */
// A failed write or close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HgWireServer implements AutoCloseable {
  private final EventLoopGroup eventLoops;
  private final ChannelGroup connections;
  private final Channel listening;
  private final @Nullable ExecutorService ownWorkers;
  private final Duration grace;
  private final ThreadWatch watch;
  private volatile boolean draining;
  private boolean closed;

  private HgWireServer(Builder builder) throws IOException {
    HttpService service = served(builder);
    SslContext tls = builder.tls;
    if (tls != null) {
      TrialHandshake.check(tls);
    }
    InetSocketAddress address = new InetSocketAddress(builder.host, builder.port);
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + builder.host + ": there is no such host");
    }
    grace = builder.grace;
    watch = new ThreadWatch(cause -> died(cause, builder.whenBroken));
    Executor workers = builder.workers;
    if (workers == null) {
      ExecutorService own = watch.newWorkers();
      ownWorkers = own;
      workers = own;
    } else {
      ownWorkers = null;
    }
    connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    eventLoops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("hgwire-io", true),
            NioIoHandler.newFactory());
    eventLoops.forEach(watch::watch);
    ServerBudget budget = ServerBudget.of(builder.limits);
    HttpPipelines pipelines =
        new HttpPipelines(service, budget, workers, builder.timeouts, grace, builder.tls);
    ChannelFuture bound =
        AcceptGate.bootstrap(budget, registering(pipelines))
            .group(eventLoops)
            .bind(address)
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

  private HttpService served(Builder builder) {
    String health = builder.healthPath;
    return health == null
        ? builder.service
        : HealthCheck.around(builder.service, health, () -> !draining);
  }

  /** Returns a builder of a server with these options. */
  public static Builder builder(ServerOptions options) {
    return new Builder(new HttpEndpoint(options)).limits(options.limits());
  }

  /**
   * Returns a builder of a server for {@code service}: for example stored content alone, or stored
   * content next to repositories ({@link HttpService#with}).
   */
  public static Builder builder(HttpService service) {
    return new Builder(service);
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Lets the health path respond 503 from now on, so that load balancers send no more requests. All
   * other requests are served as before; call {@link #close} when the balancers have noticed.
   */
  public void drain() {
    draining = true;
  }

  /**
   * Shuts the server down gracefully: accepts no more connections, lets responses complete within
   * the grace period, then closes the connections that are left. Returns when all are closed. Calls
   * after the first have no effect.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    draining = true;
    watch.stop();
    listening.close().syncUninterruptibly();
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> HttpPipelines.drain(connection));
    }
    if (!connections.newCloseFuture().awaitUninterruptibly(grace.toMillis())) {
      connections.close().awaitUninterruptibly(TimeUnit.SECONDS.toMillis(5));
    }
    stopThreads();
  }

  private ChannelHandler registering(HttpPipelines pipelines) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel connection) {
        connections.add(connection);
        AcceptGate.clientAwaited(connection, true);
        connection.pipeline().addLast(pipelines);
      }
    };
  }

  /** Closes a server that has lost a thread. */
  private void died(Throwable cause, Consumer<Throwable> whenBroken) {
    try {
      whenBroken.accept(cause);
    } finally {
      listening.close();
      connections.close();
      stopThreads();
    }
  }

  private void stopThreads() {
    watch.stop();
    eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    ExecutorService own = ownWorkers;
    if (own != null) {
      own.shutdown();
    }
  }

  /** Collects the settings of a server. Not safe for use by several threads. */
  public static final class Builder {
    private final HttpService service;
    private String host = "127.0.0.1";
    private int port;
    private @Nullable SslContext tls;
    private @Nullable Executor workers;
    private WireLimits limits = WireLimits.defaults();
    private Consumer<Throwable> whenBroken = cause -> {};
    private Timeouts timeouts = Timeouts.defaults();
    private Duration grace = Duration.ofSeconds(30);
    private @Nullable String healthPath = HealthCheck.DEFAULT_PATH;

    private Builder(HttpService service) {
      this.service = service;
    }

    /** Sets the name or address to listen on; by default 127.0.0.1, {@code 0.0.0.0} for all. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** Sets the port to listen on; by default 0, any free port. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * Sets the context for TLS, from files with {@link ServerTls#of}; by default connections are
     * not encrypted. One that is made otherwise must be configured with ALPN, with {@code h2} and
     * {@code http/1.1}, for HTTP/2. Clients that renegotiate are disconnected.
     */
    public Builder tls(SslContext tls) {
      this.tls = tls;
      return this;
    }

    /**
     * Sets the executor that runs commands; its threads may block on repositories. The caller shuts
     * it down, after the server. By default, the server has its own threads: two per processor, at
     * least four.
     */
    public Builder workers(Executor workers) {
      this.workers = workers;
      return this;
    }

    /**
     * Sets the limits over all clients: on connections, requests and responses; by default those of
     * the options, or {@link WireLimits#defaults()}.
     */
    public Builder limits(WireLimits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * Sets what is done when a thread of the server dies: an event loop, or one of its own workers,
     * whose connections or requests nobody would serve any more. That takes an {@link
     * OutOfMemoryError} or a defect. The action gets the reason, on a thread of its own, and may
     * end the process; after it the server is closed, in any case, and never serves again. By
     * default the server is only closed; the log says why.
     */
    public Builder whenBroken(Consumer<Throwable> action) {
      this.whenBroken = action;
      return this;
    }

    /** Sets how long the server waits for clients; by default {@link Timeouts#defaults()}. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /**
     * Sets the path at which load balancers ask whether the server takes requests; by default
     * {@value HealthCheck#DEFAULT_PATH}. Only GET and HEAD of exactly this path, without a query,
     * do not reach the service.
     *
     * @param path the path, with a slash before it; null for none
     */
    public Builder healthPath(@Nullable String path) {
      healthPath = path;
      return this;
    }

    /** Sets how long {@link HgWireServer#close} waits for responses; by default 30 s. */
    public Builder grace(Duration grace) {
      this.grace = grace;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException if the health path is not a path
     * @throws IOException if the server cannot listen on the port, or the key for TLS is not that
     *     of the certificate
     */
    public HgWireServer start() throws IOException {
      return new HgWireServer(this);
    }
  }
}
