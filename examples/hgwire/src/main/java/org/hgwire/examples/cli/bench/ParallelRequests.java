// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that send requests at the same time, each on a thread and a connection of its own. */
final class ParallelRequests {
  private ParallelRequests() {}

  /** What one of the clients does. */
  @FunctionalInterface
  interface Client {
    long run() throws IOException;
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
