// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import org.jspecify.annotations.Nullable;

/**
 * Compares what it costs to serve a repository: hgwire and hg, each in a process of its own, and
 * the {@link PlainLoop} in this one, in turns. Figures of time are processor time of the server,
 * except for the time to the first object.
 */
public final class Bench {
  private static final int WARM_UP = 10;
  private static final int CONNECTIONS = 16;
  private static final long HEADS_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int PULLS_AT_ONCE = 32;

  private final Path repository;
  private final @Nullable Path hg;
  private final int rounds;
  private final Consumer<String> progress;

  private final BenchRow pull = new BenchRow("whole pull, version 2", "s");
  private final BenchRow again = new BenchRow("the same again, response kept", "s");
  private final BenchRow clone = new BenchRow("whole clone, version 1", "s");
  private final BenchRow heads = new BenchRow("heads, 16 connections", "calls/s");
  private final BenchRow first = new BenchRow("time to the first object of filesdata", "s");
  private final BenchRow pullBytes = new BenchRow("bytes of the pull", "bytes");
  private final BenchRow cloneBytes = new BenchRow("bytes of the clone", "bytes");
  private final BenchRow crowd = new BenchRow("32 pulls at once, heap 256 MiB, elapsed", "s");

  /** What the requests of one kind cost. */
  private record Cost(double processorSeconds, long bytes, double firstSeconds) {}

  /**
   * @param hg a real hg, or null; only 5.6 and its like speak version 2
   * @param rounds how often each is measured
   * @param progress is told what is done next
   */
  public Bench(Path repository, @Nullable Path hg, int rounds, Consumer<String> progress) {
    this.repository = repository;
    this.hg = hg;
    this.rounds = rounds;
    this.progress = progress;
  }

  /**
   * Measures everything.
   *
   * @return the rows of the table
   * @throws IOException if a server cannot be started, or fails
   */
  public List<BenchRow> run() throws IOException {
    BenchRequests requests;
    Path store;
    try (StoreRepository opened = StoreRepository.open(repository);
        RepositorySnapshot snapshot = opened.snapshot()) {
      requests = BenchRequests.of(snapshot);
      store = opened.directory().store();
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (OwnedFiles files = OwnedFiles.open(temporary, "hgwire-bench-");
        MeasuredServer plain = MeasuredServer.hgwire(repository, "128m", null);
        MeasuredServer keeping =
            MeasuredServer.hgwire(repository, "128m", redirects(files.newDirectory()));
        @Nullable MeasuredServer other = hg == null ? null : MeasuredServer.hg(hg, repository)) {
      boolean version2 = other != null && speaksVersion2(other, requests);
      warmUp(requests, store, plain, keeping);
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round " + round + " of " + rounds);
        compare(requests, store, plain, keeping, other, version2);
      }
      progress.accept("heads");
      compareHeads(plain, other);
    }
    progress.accept(PULLS_AT_ONCE + " pulls at once");
    crowd(requests);
    return List.of(pull, again, clone, heads, first, pullBytes, cloneBytes, crowd);
  }

  private static Path redirects(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("redirects.json"),
        "{\"threshold\": 0, \"cache\": \"kept\", \"targets\": [{\"name\": \"none\", \"uris\":"
            + " [\"http://127.0.0.1:9/\"], \"directory\": \"content\"}]}");
  }

  private boolean speaksVersion2(MeasuredServer hg, BenchRequests requests) {
    try {
      serve(hg, requests.pull());
      return true;
    } catch (IOException refused) {
      progress.accept("hg is not compared over version 2: " + refused.getMessage());
      return false;
    }
  }

  private void warmUp(
      BenchRequests requests, Path store, MeasuredServer plain, MeasuredServer keeping)
      throws IOException {
    progress.accept("warm-up");
    for (int i = 0; i < WARM_UP; i++) {
      PlainLoop.run(store);
      serve(plain, requests.pull());
      serve(plain, List.of(requests.getbundle()));
      serve(keeping, requests.pull());
    }
  }

  private void compare(
      BenchRequests requests,
      Path store,
      MeasuredServer plain,
      MeasuredServer keeping,
      @Nullable MeasuredServer other,
      boolean version2)
      throws IOException {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    PlainLoop.run(store);
    double loop = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
    Cost pulled = serve(plain, requests.pull());
    Cost kept = serve(keeping, requests.pull());
    Cost cloned = serve(plain, List.of(requests.getbundle()));
    record(pull, pulled, loop);
    record(again, kept, loop);
    record(clone, cloned, loop);
    first.ours(pulled.firstSeconds());
    pullBytes.ours((double) pulled.bytes());
    cloneBytes.ours((double) cloned.bytes());
    if (other == null) {
      return;
    }
    Cost clonedByHg = serve(other, List.of(requests.getbundle()));
    clone.toHg(clonedByHg.processorSeconds() / cloned.processorSeconds());
    cloneBytes.toHg((double) cloned.bytes() / clonedByHg.bytes());
    if (version2) {
      Cost pulledByHg = serve(other, requests.pull());
      pull.toHg(pulledByHg.processorSeconds() / pulled.processorSeconds());
      again.toHg(pulledByHg.processorSeconds() / kept.processorSeconds());
      first.toHg(pulledByHg.firstSeconds() / pulled.firstSeconds());
      pullBytes.toHg((double) pulled.bytes() / pulledByHg.bytes());
    }
  }

  private static void record(BenchRow row, Cost cost, double loop) {
    row.ours(cost.processorSeconds());
    row.toLoop(cost.processorSeconds() / loop);
  }

  private static Cost serve(MeasuredServer server, List<BenchRequest> requests) throws IOException {
    double begin = server.processorSeconds();
    long bytes = 0;
    double last = 0;
    for (BenchRequest request : requests) {
      BenchRequest.Result result = request.send(server.url());
      bytes += result.bytes();
      last = result.firstSeconds();
    }
    return new Cost(server.processorSeconds() - begin, bytes, last);
  }

  private void compareHeads(MeasuredServer plain, @Nullable MeasuredServer other)
      throws IOException {
    headsPerSecond(plain);
    double ours = headsPerSecond(plain);
    heads.ours(ours);
    if (other != null) {
      heads.toHg(ours / headsPerSecond(other));
    }
  }

  private static double headsPerSecond(MeasuredServer server) throws IOException {
    System.setProperty("http.maxConnections", String.valueOf(CONNECTIONS));
    AtomicBoolean stop = new AtomicBoolean();
    long begin = System.nanoTime();
    long calls =
        inParallel(
            CONNECTIONS,
            () -> {
              long count = 0;
              while (!stop.get()) {
                BenchRequests.HEADS.send(server.url());
                count++;
                if (System.nanoTime() - begin > HEADS_NANOS) {
                  stop.set(true);
                }
              }
              return count;
            });
    return calls / ((System.nanoTime() - begin) / 1e9);
  }

  private void crowd(BenchRequests requests) throws IOException {
    try (MeasuredServer server = MeasuredServer.hgwire(repository, "256m", null)) {
      serve(server, requests.pull());
      long begin = System.nanoTime();
      inParallel(PULLS_AT_ONCE, () -> serve(server, requests.pull()).bytes());
      crowd.ours((System.nanoTime() - begin) / 1e9);
    }
  }

  /** Part of the work of a thread. */
  private interface Counted {
    long run() throws IOException;
  }

  private static long inParallel(int threads, Counted work) throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(work::run));
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
