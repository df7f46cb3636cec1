// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;

/**
 * Server, client and decoder against a real Mercurial, with one repository, on the loopback
 * interface. Rounds alternate between the two, so that other load on the machine affects both.
 */
final class AgainstReference {
  private static final String HG_SERVES = "hg serve, to our client";
  private static final String WE_SERVE = "our server, to our client";
  private static final String HG_CLONES = "hg clone, v2, from our server";
  private static final String WE_PULL = "hgwire pull, v2, from our server";
  private static final String WE_PULL_FROM_HG = "hgwire pull, v2, from hg serve";
  private static final String HG_CLONES_V1 = "hg clone, v1, from hg serve";
  private static final String HG_DECODES = "CBOR by the reference";
  private static final String WE_DECODE = "CBOR by hgwire";
  private static final int RECORDS = 20_000;

  /** The command line: a program here, as hg is. */
  private static final Path HGWIRE =
      Path.of(System.getProperty("basedir", "."), "../examples/hgwire/target/hgwire.jar")
          .toAbsolutePath()
          .normalize();

  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();
  private final Hg hg;
  private final Path directory;
  private final int rounds;

  private AgainstReference(Hg hg, Path directory, int rounds) {
    this.hg = hg;
    this.directory = directory;
    this.rounds = rounds;
  }

  static void run(Path repository, int rounds) throws IOException, InterruptedException {
    if (!Files.exists(HGWIRE)) {
      throw new NoSuchFileException(HGWIRE + " is not there: mvn -DskipTests package makes it");
    }
    Path directory = Files.createTempDirectory("hgwire-benchmarks");
    try {
      AgainstReference comparison = new AgainstReference(RealHg.require(), directory, rounds);
      comparison.compare(repository);
      comparison.print();
    } finally {
      delete(directory);
    }
  }

  private void compare(Path repository) throws IOException, InterruptedException {
    try (HgServe theirs = HgServe.v2(hg, repository);
        MirrorServerProcess ours = MirrorServerProcess.of(theirs.url())) {
      for (int round = 0; round <= rounds; round++) {
        note(round, HG_SERVES, pull(theirs.url(), theirs::processorTime));
        note(round, WE_SERVE, pull(ours.url(), ours::processorTime));
      }
      for (int round = 0; round <= rounds; round++) {
        note(round, HG_CLONES, cloneByHg(ours.url(), true));
        note(round, WE_PULL, pullByHgwire(ours.url()));
        note(round, WE_PULL_FROM_HG, pullByHgwire(theirs.url()));
        note(round, HG_CLONES_V1, cloneByHg(theirs.url(), false));
      }
    }
    byte[] response = SampleData.response(RECORDS);
    costs.put(HG_DECODES, ReferenceDecoder.reference(hg, directory, response));
    costs.put(WE_DECODE, ReferenceDecoder.ours(response));
  }

  /** The first round is a warm-up and does not count. */
  private void note(int round, String name, Cost cost) {
    System.err.printf(
        "%d %-34s %7.2f s, processor %7.2f s%n",
        round, name, cost.seconds(), cost.processorSeconds());
    if (round > 0) {
      costs.computeIfAbsent(name, key -> new ArrayList<>()).add(cost);
    }
  }

  /**
   * The time is that of the whole pull in this warm JVM; the processor time is that of the server
   * alone.
   */
  private Cost pull(URI url, Supplier<Duration> serverTime) throws IOException {
    Duration before = serverTime.get();
    long begin = System.nanoTime();
    PullSummary summary;
    try (Peer peer = Peer.connect(url, PeerOptions.defaults());
        PullSink sink = TemporaryRepositorySink.open(directory)) {
      summary = Pull.run(peer, sink);
    }
    if (summary.changesets() == 0) {
      throw new IOException("an empty repository cannot be measured");
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Cost(seconds, serverTime.get().minus(before).toNanos() / 1e9);
  }

  private Cost cloneByHg(URI url, boolean version2) throws IOException, InterruptedException {
    Path clone = directory.resolve("clone");
    List<String> line = new ArrayList<>(List.of(hg.executable().toString()));
    if (version2) {
      line.addAll(DebugWireProtocol.v2("zstd-8mb", "zlib", "identity"));
    }
    line.addAll(List.of("clone", "-q", "-U", url.toString(), clone.toString()));
    Cost cost = MeasuredProgram.run(directory, line);
    delete(clone);
    return cost;
  }

  private Cost pullByHgwire(URI url) throws IOException, InterruptedException {
    Path pulled = directory.resolve("pulled");
    List<String> line =
        List.of(
            MirrorServerProcess.java(),
            "-Xmx1g",
            "-jar",
            HGWIRE.toString(),
            "pull",
            "--into",
            pulled.toString(),
            url.toString());
    Cost cost = MeasuredProgram.run(directory, line);
    delete(pulled);
    return cost;
  }

  private void print() {
    System.out.printf("%nMedians of %d rounds (CBOR: of 5)%n", rounds);
    costs.forEach(
        (name, each) -> {
          Cost median = Cost.median(each);
          System.out.printf(
              "%-36s %8.3f s, processor %8.3f s%n",
              name, median.seconds(), median.processorSeconds());
        });
    System.out.printf("%nRatios: how many times as long the first takes as the second%n");
    ratio(HG_SERVES, WE_SERVE);
    ratio(HG_CLONES, WE_PULL);
    ratio(HG_CLONES_V1, WE_PULL_FROM_HG);
    ratio(HG_DECODES, WE_DECODE);
  }

  private void ratio(String first, String second) {
    Cost one = Cost.median(Objects.requireNonNull(costs.get(first)));
    Cost other = Cost.median(Objects.requireNonNull(costs.get(second)));
    System.out.printf(
        "%-34s / %-34s time %6.2f, processor %6.2f%n",
        first,
        second,
        one.seconds() / other.seconds(),
        one.processorSeconds() / other.processorSeconds());
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
