// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a thread of a server dies: an event loop, whose connections would never be served
 * again, or a worker, whose request would never end. What follows is done on a thread that was
 * started before, since there may be no memory left for another.
 */
// Listeners are added to the future of the event loop itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class ThreadWatch implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadWatch.class);

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile Throwable cause = new IllegalStateException("an event loop ended");

  /**
   * Starts to watch.
   *
   * @param died is called once if a thread dies, with the reason
   */
  ThreadWatch(Consumer<Throwable> died) {
    Thread thread =
        new Thread(
            () -> {
              await();
              if (!stopped) {
                LOG.error("a thread of the server died; the server closes", cause);
                died.accept(cause);
              }
            },
            "hgwire-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException interrupted) {
      stopped = true;
    }
  }

  /** Watches the thread of an event loop. */
  void watch(EventExecutor eventLoop) {
    eventLoop.terminationFuture().addListener(ended -> over.countDown());
  }

  @Override
  public void uncaughtException(Thread worker, Throwable failure) {
    cause = failure;
    over.countDown();
  }

  /** Returns workers, two per processor and at least four, whose threads are watched. */
  ExecutorService newWorkers() {
    int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("hgwire-work", true) {
              @Override
              protected Thread newThread(Runnable work, String name) {
                Thread thread = super.newThread(work, name);
                thread.setUncaughtExceptionHandler(ThreadWatch.this);
                return thread;
              }
            });
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /** Ends the watch: that threads end from now on is meant. */
  void stop() {
    stopped = true;
    over.countDown();
  }
}
