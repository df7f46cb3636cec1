// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server learns when one of its threads dies. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored")
final class ThreadWatchTest {
  private final CompletableFuture<Throwable> died = new CompletableFuture<>();

  @Test
  void deadWorkerIsNoticed() throws Exception {
    ThreadWatch watch = new ThreadWatch(died::complete);
    ExecutorService workers = watch.newWorkers();
    OutOfMemoryError cause = new OutOfMemoryError("of the test");
    workers.execute(
        () -> {
          throw cause;
        });
    assertThat(died.get(30, TimeUnit.SECONDS)).isSameAs(cause);
    workers.shutdownNow();
  }

  @Test
  void deadEventLoopIsNoticed() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    ThreadWatch watch = new ThreadWatch(died::complete);
    loops.forEach(watch::watch);
    loops.next().shutdownGracefully(0, 0, TimeUnit.SECONDS);
    assertThat(died.get(30, TimeUnit.SECONDS)).isNotNull();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void stopOfServerIsNoDeath() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ThreadWatch watch = new ThreadWatch(died::complete);
    loops.forEach(watch::watch);
    watch.stop();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    assertThat(died).isNotDone();
  }
}
