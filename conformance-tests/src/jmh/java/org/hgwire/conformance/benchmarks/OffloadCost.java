// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;

/**
 * What a pull of a whole repository costs our server: computing each response, keeping it and
 * sending it inline, and redirecting clients. The content is served by the process of the
 * benchmark, which is not measured. Rounds alternate between the three.
 */
final class OffloadCost {
  private static final String COMPUTED = "computed, inline";
  private static final String KEPT = "kept, inline";
  private static final String REDIRECTED = "kept, redirected";

  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();
  private final Map<String, Traffic> traffic = new LinkedHashMap<>();
  private final Path directory;
  private final int rounds;

  /** The bytes of bodies from the server, to the server, and from the content host. */
  private record Traffic(long fromServer, long toServer, long elsewhere) {}

  private OffloadCost(Path directory, int rounds) {
    this.directory = directory;
    this.rounds = rounds;
  }

  static void run(Path repository, int rounds) throws IOException {
    Path directory = Files.createTempDirectory("hgwire-benchmarks");
    try {
      OffloadCost cost = new OffloadCost(directory, rounds);
      cost.measure(repository);
      cost.print();
    } finally {
      delete(directory);
    }
  }

  private void measure(Path repository) throws IOException {
    Path content = Files.createDirectory(directory.resolve("content"));
    RedirectPolicy loopback =
        RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build();
    try (HgServe source = HgServe.v2(RealHg.require(), repository);
        ContentHost host = ContentHost.http(content);
        MirrorServerProcess computing = MirrorServerProcess.of(source.url());
        MirrorServerProcess keeping =
            MirrorServerProcess.redirecting(source.url(), directory, host.url())) {
      pull(0, "the first, which is kept", keeping, RedirectPolicy.OFF);
      for (int round = 0; round <= rounds; round++) {
        pull(round, COMPUTED, computing, RedirectPolicy.OFF);
        pull(round, KEPT, keeping, RedirectPolicy.OFF);
        pull(round, REDIRECTED, keeping, loopback);
      }
    }
  }

  /** The first round is a warm-up and does not count. */
  private void pull(int round, String name, MirrorServerProcess server, RedirectPolicy policy)
      throws IOException {
    Counter counter = new Counter();
    PeerOptions options = PeerOptions.builder().redirects(policy).listener(counter).build();
    Duration before = server.processorTime();
    long begin = System.nanoTime();
    PullSummary summary;
    try (Peer peer = Peer.connect(server.url(), options);
        PullSink sink = TemporaryRepositorySink.open(directory)) {
      summary = Pull.run(peer, sink);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double processor = server.processorTime().minus(before).toNanos() / 1e9;
    if (summary.changesets() == 0 || counter.failed.get() > 0) {
      throw new IOException(
          "this is not what should be measured: " + summary + ", " + counter.failed);
    }
    System.err.printf(
        "%d %-26s %7.2f s, processor of the server %7.2f s%n", round, name, seconds, processor);
    if (round > 0) {
      costs.computeIfAbsent(name, key -> new ArrayList<>()).add(new Cost(seconds, processor));
    }
    traffic.put(
        name, new Traffic(counter.received.get(), counter.sent.get(), counter.elsewhere.get()));
  }

  private void print() {
    System.out.printf("%nMedians of %d rounds%n", rounds);
    Cost computed = Cost.median(Objects.requireNonNull(costs.get(COMPUTED)));
    Traffic inline = Objects.requireNonNull(traffic.get(COMPUTED));
    costs.forEach(
        (name, each) -> {
          Cost median = Cost.median(each);
          Traffic bytes = Objects.requireNonNull(traffic.get(name));
          System.out.printf(
              "%-18s %7.2f s; the server: processor %6.2f s (%6.2f %%), sent %,d bytes (%6.3f %%),"
                  + " received %,d; from the content host %,d%n",
              name,
              median.seconds(),
              median.processorSeconds(),
              100 * median.processorSeconds() / computed.processorSeconds(),
              bytes.fromServer(),
              100.0 * bytes.fromServer() / inline.fromServer(),
              bytes.toServer(),
              bytes.elsewhere());
        });
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static final class Counter implements ExchangeListener {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong elsewhere = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @Override
    public void bytesSent(long count) {
      sent.addAndGet(count);
    }

    @Override
    public void bytesReceived(long count) {
      received.addAndGet(count);
    }

    @Override
    public void contentBytesReceived(long count) {
      elsewhere.addAndGet(count);
    }

    @Override
    public void redirectFailed(RedirectEvent.Failed event) {
      failed.incrementAndGet();
      System.err.println(event);
    }
  }
}
