// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that send requests at the same time, each on a thread and a connection of its own. */
final class ParallelRequests {
  private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** How many connections of a client may be lost. */
  private static final int MAX_LOST = 1000;

  private ParallelRequests() {}

  /** What one of the clients does. */
  @FunctionalInterface
  interface Client {
    long run() throws IOException;
  }

  /** Returns how many responses, in a second, some clients get that repeat a request. */
  static double perSecond(MeasuredServer server, BenchRequest request, int clients)
      throws IOException {
    System.setProperty("http.maxConnections", String.valueOf(clients));
    AtomicBoolean stop = new AtomicBoolean();
    long begin = System.nanoTime();
    long calls =
        run(
            clients,
            () -> {
              long count = 0;
              int lost = 0;
              while (!stop.get()) {
                try {
                  request.send(server.url());
                  count++;
                } catch (SocketException reset) {
                  // The server of hg takes few connections at once and resets the others: they do
                  // not count.
                  if (++lost > MAX_LOST) {
                    throw reset;
                  }
                }
                if (System.nanoTime() - begin > RATE_NANOS) {
                  stop.set(true);
                }
              }
              return count;
            });
    return calls / ((System.nanoTime() - begin) / 1e9);
  }

  /**
   * Runs some clients to their end and returns the sum of what they return.
   *
   * @throws IOException if one of them fails
   */
  static long run(int clients, Client client) throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(executor.submit(client::run));
      }
      long sum = 0;
      for (Future<Long> each : running) {
        sum += each.get();
      }
      return sum;
    } catch (ExecutionException failure) {
      throw new IOException("a request failed: " + failure.getCause(), failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    } finally {
      executor.shutdownNow();
    }
  }
}
