// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.WireLimits;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HealthCheck;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpRules;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves repositories in a servlet container: Jakarta Servlet 6 (Jetty 12, Tomcat 10.1 and 11).
 *
 * <p>The servlet is mapped by a path ({@code /hg/*}) or to everything ({@code /*}, {@code /}); the
 * path of a repository is what follows. It needs asynchronous support, of itself and of each filter
 * before it. Bodies are read and written without blocking, no faster than commands and clients
 * take; commands run on worker threads, never on the container's.
 *
 * <p>{@link Timeouts} limit how long a client may take within a request. The container has timeouts
 * too, for connections on which nothing moves, and applies them to connections between requests;
 * give it at least the times that are given here (Jetty: {@code ServerConnector.setIdleTimeout};
 * Tomcat: {@code connectionTimeout} of the connector), or the shorter ones count. The asynchronous
 * timeout of the container is turned off for the requests of this servlet, since a clone takes as
 * long as it takes.
 *
 * <p>Limits on the length of the request line and of the header are the container's; they have to
 * leave room for about 4 KiB of header fields ({@code X-HgArg}). A client that sends {@code Expect:
 * 100-continue} gets its 100 when the body is wanted; in Tomcat always, before the servlet is
 * called ({@code continueResponseTiming} of its connector must stay {@code immediately}: with
 * {@code onRead} Tomcat sends it only for blocking reads).
 *
 * <p>Safe for use by several threads.
 */
public final class HgWireServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(HgWireServlet.class);
  private static final int MIN_WORKERS = 4;
  private static final int STOP_SECONDS = 5;

  private final transient HttpService service;
  private final transient ServerBudget budget;
  private final transient Timeouts timeouts;
  private final transient @Nullable Executor hostWorkers;
  private transient volatile @Nullable Threads threads;

  /** What lives from {@code init} to {@code destroy}. */
  private record Threads(
      Executor workers,
      @Nullable ThreadPoolExecutor ownWorkers,
      ScheduledThreadPoolExecutor timer,
      Set<RequestFlow> flows) {
    Threads(
        Executor workers,
        @Nullable ThreadPoolExecutor ownWorkers,
        ScheduledThreadPoolExecutor timer) {
      this(workers, ownWorkers, timer, ConcurrentHashMap.newKeySet());
    }
  }

  private HgWireServlet(Builder builder) {
    String health = builder.healthPath;
    service =
        HttpRules.around(
            health == null
                ? builder.service
                : HealthCheck.around(builder.service, health, () -> threads != null));
    budget = ServerBudget.of(builder.limits);
    timeouts = builder.timeouts;
    hostWorkers = builder.workers;
  }

  /**
   * Returns a servlet that serves what {@code options} say, with worker threads and timeouts of its
   * own.
   */
  public static HgWireServlet of(ServerOptions options) {
    return builder(options).build();
  }

  /** Begins a servlet that serves what {@code options} say. */
  public static Builder builder(ServerOptions options) {
    return new Builder(new HttpEndpoint(options)).limits(options.limits());
  }

  /**
   * Begins a servlet that responds with {@code service}: content alone, say, or content besides
   * repositories ({@link HttpService#with}).
   */
  public static Builder builder(HttpService service) {
    return new Builder(service);
  }

  /** Starts the threads. Called by the container. */
  @Override
  public void init() {
    ThreadFactory daemons = daemons();
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons);
    timer.setRemoveOnCancelPolicy(true);
    Executor given = hostWorkers;
    if (given == null) {
      ThreadPoolExecutor own = newWorkers(daemons);
      threads = new Threads(own, own, timer);
    } else {
      threads = new Threads(given, null, timer);
    }
  }

  /**
   * Ends the requests that still run and stops the threads; waits up to 5 seconds for work that is
   * under way. Called by the container, when it has waited for requests as long as it is set to.
   */
  @Override
  public void destroy() {
    Threads running = threads;
    threads = null;
    if (running != null) {
      running.flows().forEach(RequestFlow::stop);
      running.timer().shutdownNow();
      ThreadPoolExecutor own = running.ownWorkers();
      if (own != null) {
        own.shutdown();
        await(own);
      }
    }
  }

  private static void await(ThreadPoolExecutor workers) {
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("commands still run {} s after the servlet was stopped", STOP_SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Begins to respond to a request, of any method.
   *
   * @throws ServletException if the servlet, or a filter before it, does not support asynchronous
   *     requests; and in the second turn of a request whose connection is cut
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    ContainerResponse.checkNotCut(request);
    if (!request.isAsyncSupported()) {
      throw new ServletException(
          "the servlet "
              + getServletName()
              + " needs asynchronous support: set async-supported for it and for every filter"
              + " before it");
    }
    Threads running = threads;
    if (running == null) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    RequestHead head;
    try {
      head = RequestHeads.of(request);
    } catch (IllegalArgumentException notATarget) {
      refuse(response, notATarget.getMessage() + "\n");
      return;
    }
    AsyncContext async = request.startAsync(request, response);
    async.setTimeout(0);
    RequestFlow flow =
        new RequestFlow(
            service,
            head,
            async,
            new RequestFlow.Host(
                running.workers(), budget, running.timer(), running.flows()::remove),
            timeouts);
    running.flows().add(flow);
    flow.begin();
  }

  private static void refuse(HttpServletResponse response, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("text/plain");
    response.setHeader("Cache-Control", "no-store");
    ContainerResponse.addDate(response);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static ThreadPoolExecutor newWorkers(ThreadFactory factory) {
    int count = Math.max(MIN_WORKERS, 2 * Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "hgwire-servlet-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Collects what a servlet needs. */
  public static final class Builder {
    private final HttpService service;
    private WireLimits limits = WireLimits.defaults();
    private Timeouts timeouts = Timeouts.defaults();
    private @Nullable Executor workers;
    private @Nullable String healthPath = HealthCheck.DEFAULT_PATH;

    private Builder(HttpService service) {
      this.service = service;
    }

    /**
     * Sets where the work is done; its threads may block on repositories. A request waits for a
     * thread when none is free; one that the executor rejects gets 503, or is cut if its response
     * has begun. The caller ends the executor after the container. By default the servlet has its
     * own threads, twice as many as processors, at least four.
     */
    public Builder workers(Executor workers) {
      this.workers = workers;
      return this;
    }

    /**
     * Sets the limits over all clients, on requests and responses; by default those of the options,
     * or {@link WireLimits#defaults()}. The container limits connections.
     */
    public Builder limits(WireLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Sets how long clients may take within a request; by default {@link Timeouts#defaults()}. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /**
     * Sets the path, below that of the servlet, at which load balancers ask whether it takes
     * requests; by default {@value HealthCheck#DEFAULT_PATH}. Only GET and HEAD of exactly this
     * path, without a query, do not reach the service.
     *
     * @param path the path, with a slash before it; null for none
     * @throws IllegalArgumentException by {@link #build} if it is not a path
     */
    public Builder healthPath(@Nullable String path) {
      healthPath = path;
      return this;
    }

    /** Returns the servlet. */
    public HgWireServlet build() {
      return new HgWireServlet(this);
    }
  }
}
