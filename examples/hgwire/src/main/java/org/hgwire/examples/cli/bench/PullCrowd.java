// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many whole pulls at once from a server with a small heap. */
final class PullCrowd {
  static final int PULLS = 32;
  static final String HEAP = "256m";

  /** How long after the beginning the heap is looked at, and then again. */
  private static final long LOOK_MILLIS = 3000;

  /** How often a client of a busy server sends a request. */
  private static final int MAX_TRIES = 20;

  private PullCrowd() {}

  /**
   * What became of them.
   *
   * @param seconds how long they took
   * @param liveBytes the most that was in use after a collection; 0 if this Java has no jcmd
   * @param repeated how many requests were sent again because the server said so
   */
  record Result(double seconds, long liveBytes, long repeated) {}

  /**
   * Runs the pulls.
   *
   * @throws IOException if one of them fails
   */
  static Result run(Path repository, List<BenchRequest> pull) throws IOException {
    try (MeasuredServer server = MeasuredServer.hgwire(repository, HEAP, null)) {
      Cost.of(server, pull);
      Watch watch = new Watch(server);
      long begin = System.nanoTime();
      watch.start();
      long repeated;
      try {
        repeated = ParallelRequests.run(PULLS, () -> pull(server, pull));
      } finally {
        watch.interrupt();
      }
      return new Result((System.nanoTime() - begin) / 1e9, watch.most, repeated);
    }
  }

  /** Pulls, and returns how many requests were sent again. */
  private static long pull(MeasuredServer server, List<BenchRequest> pull) throws IOException {
    long repeated = 0;
    for (BenchRequest request : pull) {
      for (int tries = 1; !isDone(server, request, tries); tries++) {
        repeated++;
      }
    }
    return repeated;
  }

  private static boolean isDone(MeasuredServer server, BenchRequest request, int tries)
      throws IOException {
    try {
      request.send(server.url());
      return true;
    } catch (ServerBusyException busy) {
      if (tries == MAX_TRIES) {
        throw busy;
      }
      try {
        TimeUnit.SECONDS.sleep(busy.seconds());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stop);
      }
      return false;
    }
  }

  /** Looks at the heap of a server until it is interrupted. */
  private static final class Watch extends Thread {
    private final MeasuredServer server;
    private volatile long most;

    Watch(MeasuredServer server) {
      super("hgwire-bench-heap");
      this.server = server;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (true) {
          Thread.sleep(LOOK_MILLIS);
          most = Math.max(most, server.liveBytes());
        }
      } catch (InterruptedException | IOException end) {
        // The pulls are done, or there is no jcmd.
      }
    }
  }
}
