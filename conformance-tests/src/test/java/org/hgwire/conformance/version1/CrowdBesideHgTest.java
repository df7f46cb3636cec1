// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgPython;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.core.command.Node;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.RepositoryDirectories;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A crowd of clients pulls over both versions while hg commits, amends, strips and is pushed to:
 * each pull is whole and right, or fails because the repository was changed; and the server never
 * locks. {@code -DcrowdBesideHg.seconds=180} makes it long.
 */
final class CrowdBesideHgTest {
  private static final int CLIENTS = 16;
  private static final long PAUSE_MILLIS = 500;
  private static final long SECONDS = Long.getLong("crowdBesideHg.seconds", 10);

  @TempDir Path temporary;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger changed = new AtomicInteger();
  private Path top;
  private RepositoryDirectories repositories;
  private HgWireServer server;

  private final class Failures implements ServerListener {
    @Override
    public void commandFailed(ServedRequest request, String command, Throwable failure) {
      requestFailed(request, failure);
    }

    @Override
    public void requestFailed(ServedRequest request, Throwable failure) {
      if (failure instanceof StoreException fault && fault.kind() == StoreException.Kind.CHANGED) {
        changed.incrementAndGet();
      } else {
        failures.add(failure);
      }
    }
  }

  /** What a client did. */
  private record Pulls(int whole, int failed, int changesets) {
    Pulls plus(Pulls other) {
      return new Pulls(whole + other.whole, failed + other.failed, changesets + other.changesets);
    }
  }

  /** A pull, which returns how many changesets came. */
  private interface OnePull {
    int run() throws IOException, InterruptedException;
  }

  @BeforeEach
  void serve() throws IOException {
    top = Files.createDirectory(temporary.resolve("top"));
    repositories = RepositoryDirectories.builder().below(top).open();
    server =
        HgWireServer.builder(ServerOptions.builder(repositories).listener(new Failures()).build())
            .start();
  }

  @AfterEach
  void stop() {
    stopped.set(true);
    server.close();
    repositories.close();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/shared");
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "V7_0"})
  void eachPullIsWholeOrFailsTyped(HgVersion version) throws Exception {
    Hg hg = RealHg.require(version);
    Path root = top.resolve("shared");
    Path other = temporary.resolve("other");
    hg.run(temporary, "init", root.toString());
    hg.run(root, "debugbuilddag", "-q", "-n", "-m", "+100");
    hg.run(root, "update", "-q", "-r", "tip");
    hg.run(temporary, "clone", "-q", "--pull", root.toString(), other.toString());
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 2);
    try (HgPython committer = HgPython.of(hg, root);
        HgPython pusher = HgPython.of(hg, other)) {
      List<Future<Pulls>> version1 = new ArrayList<>();
      List<Future<Pulls>> version2 = new ArrayList<>();
      for (int i = 0; i < CLIENTS / 2; i++) {
        version1.add(threads.submit(new Version1Client(i)));
        version2.add(threads.submit(() -> repeat(this::pull)));
      }
      Future<Pulls> clones = threads.submit(() -> repeat(() -> cloneWithHg(hg)));
      Future<Integer> locks = threads.submit(() -> locksOfThisProcess(root));
      Writers writers = new Writers(committer, pusher, root, other);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end || writers.changes < 20) {
        writers.change();
      }
      stopped.set(true);
      Pulls ofVersion1 = sum(version1);
      Pulls ofVersion2 = sum(version2);
      Pulls ofHg = clones.get(1, TimeUnit.MINUTES);
      System.out.printf(
          "hg %s: %d changes, the slowest took %d ms; version 1: %s; version 2: %s; hg clone: %s;"
              + " %d failures because of changes%n",
          version, writers.changes, writers.slowest, ofVersion1, ofVersion2, ofHg, changed.get());
      assertThat(failures).isEmpty();
      assertThat(locks.get(1, TimeUnit.MINUTES)).isZero();
      assertThat(writers.output).noneMatch(line -> line.contains("waiting for lock"));
      assertThat(ofVersion1.whole()).isGreaterThan(ofVersion1.failed());
      assertThat(ofVersion2.whole()).isGreaterThan(ofVersion2.failed());
      assertThat(hg.tryRun(root, "", List.of("verify", "-q")).status()).isZero();
    } finally {
      stopped.set(true);
      threads.shutdownNow();
    }
  }

  private static Pulls sum(List<Future<Pulls>> clients) throws Exception {
    Pulls sum = new Pulls(0, 0, 0);
    for (Future<Pulls> client : clients) {
      sum = sum.plus(client.get(2, TimeUnit.MINUTES));
    }
    return sum;
  }

  /** Pulls until hg has ended; whatever is not whole has to be an error of the exchange. */
  private Pulls repeat(OnePull pull) throws InterruptedException {
    Pulls sum = new Pulls(0, 0, 0);
    while (!stopped.get() || sum.whole() == 0) {
      // hg needs the processor, too
      Thread.sleep(PAUSE_MILLIS);
      try {
        sum = sum.plus(new Pulls(1, 0, pull.run()));
      } catch (IOException failure) {
        sum = sum.plus(new Pulls(0, 1, 0));
      }
    }
    return sum;
  }

  /**
   * Pulls everything over version 2; the sink verifies each hash, so that what was read while hg
   * cut it off is an error, too.
   */
  private int pull() throws IOException {
    try (Peer peer = Peer.connect(url(), PeerOptions.defaults());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      return (int) Pull.run(peer, sink).changesets();
    }
  }

  /** Clones with hg over version 1, and verifies. */
  private int cloneWithHg(Hg hg) throws IOException {
    Path clone = Files.createTempDirectory(temporary, "clone").resolve("r");
    Hg.Result cloned =
        hg.tryRun(temporary, "", List.of("clone", "-q", "-U", url().toString(), clone.toString()));
    if (cloned.status() != 0) {
      throw new IOException(cloned.errors());
    }
    hg.run(clone, "verify", "-q");
    return 1;
  }

  /** Pulls over version 1: everything, then what is new, and so on. */
  private final class Version1Client implements Callable<Pulls> {
    private static final int PULLS_OF_A_CLONE = 8;

    private final RawClient client = new RawClient();
    private final Random random;
    private PulledHistory history = new PulledHistory();
    private int pulls;

    Version1Client(int seed) {
      random = new Random(seed);
    }

    @Override
    public Pulls call() throws InterruptedException {
      return repeat(this::pull);
    }

    private int pull() throws IOException, InterruptedException {
      if (pulls++ % PULLS_OF_A_CLONE == 0) {
        history = new PulledHistory();
      }
      String common =
          history.heads().isEmpty()
              ? Node.NULL.hex()
              : history.heads().stream().map(Node::hex).collect(Collectors.joining("+"));
      String version = random.nextBoolean() ? "01" : "02";
      Exchange exchange =
          client.call(
              URI.create("http://127.0.0.1:" + server.port()),
              "/shared",
              "getbundle",
              "bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D"
                  + version
                  + "&cg=1&common="
                  + common,
              "0.1 0.2 comp=none");
      String type = exchange.responseHeaders().getOrDefault("content-type", "");
      if (exchange.status() != 200 || !type.startsWith("application/mercurial-0.")) {
        throw new IOException(exchange.status() + " " + exchange.responseBody().utf8());
      }
      int before = history.size();
      BundleContent.of(Payloads.stream(exchange)).parts("changegroup").forEach(history::add);
      return history.size() - before;
    }
  }

  /** Looks for locks that this process has. */
  private int locksOfThisProcess(Path root) throws InterruptedException {
    String own = ":" + ProcessHandle.current().pid();
    int found = 0;
    while (!stopped.get()) {
      for (String lock : List.of(".hg/store/lock", ".hg/wlock")) {
        try {
          if (Files.readSymbolicLink(root.resolve(lock)).toString().endsWith(own)) {
            found++;
          }
        } catch (IOException none) {
          // hg has none just now
        }
      }
      Thread.sleep(1);
    }
    return found;
  }

  /** What hg does, one after the other. */
  private static final class Writers {
    private final HgPython committer;
    private final HgPython pusher;
    private final Path root;
    private final Path other;
    private final Random random = new Random(7);
    private final List<String> output = new ArrayList<>();
    private int changes;
    private long slowest;

    Writers(HgPython committer, HgPython pusher, Path root, Path other) {
      this.committer = committer;
      this.pusher = pusher;
      this.root = root;
      this.other = other;
    }

    void change() throws IOException {
      int number = changes++;
      switch (random.nextInt(10)) {
        case 0 -> {
          write(root, number);
          run(
              committer,
              "--config",
              "experimental.evolution=all",
              "commit",
              "-q",
              "--amend",
              "-m",
              "amended " + number);
        }
        case 1 -> {
          Files.writeString(root.resolve("secret" + number), "secret " + number);
          run(committer, "commit", "-q", "-A", "-s", "-m", "secret " + number);
          strip(".");
        }
        case 2 -> strip("tip");
        case 3 -> {
          run(pusher, "pull", "-q", root.toString());
          run(pusher, "update", "-q", "-C", "-r", "head() and public()");
          write(other, number);
          run(pusher, "commit", "-q", "-A", "-m", "pushed " + number, "-u", "test");
          run(pusher, "push", "-q", "-f", root.toString());
          run(committer, "update", "-q", "-C", "-r", "tip");
        }
        default -> {
          write(root, number);
          run(committer, "commit", "-q", "-A", "-m", "commit " + number, "-u", "test");
        }
      }
    }

    private void strip(String revision) throws IOException {
      run(
          committer,
          "--config",
          "extensions.strip=",
          "strip",
          "-q",
          "-f",
          "--no-backup",
          "-r",
          revision);
    }

    private void write(Path directory, int number) throws IOException {
      Path file = directory.resolve("f" + random.nextInt(6));
      Files.writeString(file, "line\n".repeat(random.nextInt(3000)) + number + "\n");
    }

    private void run(HgPython python, String... words) throws IOException {
      long begun = System.nanoTime();
      output.addAll(python.hg(words));
      slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
  }
}
