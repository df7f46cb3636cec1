// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.jspecify.annotations.Nullable;

/**
 * Compares what it costs to serve a repository: hgwire and hg, each in a process of its own, hgwire
 * without sockets and the {@link PlainLoop} in this one, in turns. Figures of time are processor
 * time of the server, unless a row says otherwise. Used by one thread.
 */
public final class Bench {
  private static final int WARM_UP = 10;
  private static final int CONNECTIONS = 16;
  private static final String HEAP = "128m";

  /** How often what takes milliseconds is repeated: processor time comes in steps of 10 ms. */
  private static final int REPEATS = 10;

  private final Path repository;
  private final @Nullable Path larger;
  private final @Nullable Path hg;
  private final int rounds;
  private final Consumer<String> progress;
  private final List<String> notes = new ArrayList<>();

  private final BenchRow localPull = new BenchRow("whole pull, version 2, without sockets", "s");
  private final BenchRow localClone = new BenchRow("whole clone, version 1, without sockets", "s");
  private final BenchRow pull = new BenchRow("whole pull, version 2", "s");
  private final BenchRow clone = new BenchRow("whole clone, version 1", "s");
  private final BenchRow inline = new BenchRow("the pull again, response kept, inline", "s");
  private final BenchRow redirected =
      new BenchRow("the pull again, response kept, redirected", "s");
  private final BenchRow heads1 = new BenchRow("heads, version 1, 16 connections", "calls/s");
  private final BenchRow heads2 = new BenchRow("heads, version 2, 16 connections", "calls/s");
  private final BenchRow first = new BenchRow("first object of filesdata, elapsed", "s");
  private final BenchRow pullBytes = new BenchRow("bytes of the pull", "bytes");
  private final BenchRow cloneBytes = new BenchRow("bytes of the clone", "bytes");
  private final BenchRow crowd = new BenchRow("32 pulls at once, heap 256 MiB, elapsed", "s");
  private final BenchRow live = new BenchRow("32 pulls at once, heap in use", "bytes");
  private final BenchRow cold2 = new BenchRow("first pull of a cold server, version 2", "s");
  private final BenchRow cold1 = new BenchRow("first clone of a cold server, version 1", "s");
  private final BenchRow twice2 = new BenchRow("pull at twice the size, version 2", "×");
  private final BenchRow twice1 = new BenchRow("clone at twice the size, version 1", "×");

  /** What is measured in turns. */
  private record Servers(
      LocalServer local,
      @Nullable LocalServer localLarger,
      MeasuredServer plain,
      MeasuredServer keeping,
      @Nullable ComparedHg hg,
      BenchRequests all) {}

  /**
   * @param repository the repository
   * @param larger another one, about twice as large, or null
   * @param hg a real hg, or null; only 5.6 and its like speak version 2
   * @param rounds how often each is measured
   * @param progress is told what is done next
   */
  public Bench(
      Path repository,
      @Nullable Path larger,
      @Nullable Path hg,
      int rounds,
      Consumer<String> progress) {
    this.repository = repository;
    this.larger = larger;
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
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (OwnedFiles files = OwnedFiles.open(temporary, "hgwire-bench-");
        LocalServer local = LocalServer.open(repository);
        @Nullable LocalServer localLarger = larger == null ? null : LocalServer.open(larger);
        MeasuredServer plain = MeasuredServer.hgwire(repository, HEAP, null);
        MeasuredServer keeping =
            MeasuredServer.hgwire(repository, HEAP, redirects(files.newDirectory()));
        @Nullable ComparedHg other = startHg(local)) {
      Servers servers =
          new Servers(local, localLarger, plain, keeping, other, local.requests(true));
      warmUp(servers);
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round " + round + " of " + rounds);
        compare(servers);
      }
      progress.accept("heads");
      compareHeads(servers);
      progress.accept("cold servers");
      compareCold(servers);
      progress.accept(PullCrowd.PULLS + " pulls at once");
      crowd(servers.all());
    }
    return List.of(
        localPull,
        localClone,
        pull,
        clone,
        inline,
        redirected,
        heads1,
        heads2,
        first,
        pullBytes,
        cloneBytes,
        crowd,
        live,
        cold2,
        cold1,
        twice2,
        twice1);
  }

  /** Returns what could not be measured, and why: a line each. */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  private @Nullable ComparedHg startHg(LocalServer local) throws IOException {
    if (hg == null) {
      return null;
    }
    progress.accept("what hg serves");
    return ComparedHg.start(hg, repository, local, notes::add);
  }

  private static Path redirects(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("redirects.json"),
        "{\"threshold\": 0, \"cache\": \"responses\", \"targets\": [{\"name\": \""
            + BenchRequests.TARGET
            + "\", \"uris\": [\"http://127.0.0.1:9/\"], \"directory\": \"content\"}]}");
  }

  private void warmUp(Servers servers) throws IOException {
    progress.accept("warm-up");
    BenchRequests all = servers.all();
    for (int i = 0; i < WARM_UP; i++) {
      PlainLoop.run(servers.local().store());
      servers.local().cost(all.pull());
      servers.local().cost(List.of(all.getbundle()));
      Cost.of(servers.plain(), all.pull());
      Cost.of(servers.plain(), List.of(all.getbundle()));
      Cost.of(servers.keeping(), all.pull());
      Cost.of(servers.keeping(), all.redirected());
    }
  }

  private void compare(Servers servers) throws IOException {
    BenchRequests all = servers.all();
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    PlainLoop.run(servers.local().store());
    double loop = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
    double localPulled = servers.local().cost(all.pull());
    double localCloned = servers.local().cost(List.of(all.getbundle()));
    Cost pulled = Cost.of(servers.plain(), all.pull());
    Cost cloned = Cost.of(servers.plain(), List.of(all.getbundle()));
    record(localPull, localPulled, loop);
    record(localClone, localCloned, loop);
    record(pull, pulled.processorSeconds(), loop);
    record(clone, cloned.processorSeconds(), loop);
    record(inline, repeated(servers.keeping(), all.pull()), loop);
    record(redirected, repeated(servers.keeping(), all.redirected()), loop);
    first.ours(pulled.firstSeconds());
    pullBytes.ours((double) pulled.bytes());
    cloneBytes.ours((double) cloned.bytes());
    if (servers.localLarger() != null) {
      compareSizes(servers.localLarger(), servers.local(), localPulled, localCloned);
    }
    if (servers.hg() != null) {
      compareHg(servers.hg(), servers.plain(), all, pulled, cloned);
    }
  }

  private static void record(BenchRow row, double cost, double loop) {
    row.ours(cost);
    row.toYardstick(cost / loop);
  }

  private static double repeated(MeasuredServer server, List<BenchRequest> requests)
      throws IOException {
    double begin = server.processorSeconds();
    for (int i = 0; i < REPEATS; i++) {
      Cost.of(server, requests);
    }
    return (server.processorSeconds() - begin) / REPEATS;
  }

  private void compareSizes(
      LocalServer large, LocalServer small, double localPulled, double localCloned)
      throws IOException {
    BenchRequests all = large.requests(true);
    double sizes = (double) large.changesets() / small.changesets();
    twice2.ours(2 * large.cost(all.pull()) / localPulled / sizes);
    twice1.ours(2 * large.cost(List.of(all.getbundle())) / localCloned / sizes);
  }

  private void compareHg(
      ComparedHg other, MeasuredServer plain, BenchRequests all, Cost pulled, Cost cloned)
      throws IOException {
    Cost clonedByHg = Cost.of(other.server(), List.of(all.getbundle()));
    clone.toHg(clonedByHg.processorSeconds() / cloned.processorSeconds());
    cloneBytes.toHg((double) cloned.bytes() / clonedByHg.bytes());
    BenchRequests same = other.pulled();
    if (same != null) {
      Cost ours = same.changesets() == all.changesets() ? pulled : Cost.of(plain, same.pull());
      Cost theirs = other.pull(same);
      pull.toHg(theirs.processorSeconds() / ours.processorSeconds());
      first.toHg(theirs.firstSeconds() / ours.firstSeconds());
      pullBytes.toHg((double) ours.bytes() / theirs.bytes());
    }
  }

  private void compareHeads(Servers servers) throws IOException {
    compareHeads(heads1, servers, BenchRequests.HEADS, servers.hg() != null);
    compareHeads(
        heads2,
        servers,
        BenchRequests.HEADS_OF_VERSION_2,
        servers.hg() != null && servers.hg().pulled() != null);
  }

  private void compareHeads(BenchRow row, Servers servers, BenchRequest request, boolean compared)
      throws IOException {
    RequestRate.of(servers.plain(), request, CONNECTIONS);
    double ours = RequestRate.of(servers.plain(), request, CONNECTIONS);
    row.ours(ours);
    if (compared && servers.hg() != null) {
      try {
        row.toHg(ours / RequestRate.of(servers.hg().server(), request, CONNECTIONS));
      } catch (IOException failure) {
        notes.add(row.what() + ": hg is not compared: " + failure.getMessage());
      }
    }
  }

  private void compareCold(Servers servers) throws IOException {
    BenchRequests same = servers.hg() == null ? null : servers.hg().pulled();
    List<BenchRequest> getbundle = List.of(servers.all().getbundle());
    cold(cold2, (same == null ? servers.all() : same).pull(), same == null ? null : servers.hg());
    cold(cold1, getbundle, servers.hg());
  }

  private void cold(BenchRow row, List<BenchRequest> requests, @Nullable ComparedHg other)
      throws IOException {
    try (MeasuredServer fresh = MeasuredServer.hgwire(repository, HEAP, null)) {
      double ours = Cost.of(fresh, requests).processorSeconds();
      row.ours(ours);
      if (other != null) {
        row.toHg(other.cold(requests) / ours);
      }
    }
  }

  private void crowd(BenchRequests all) {
    try {
      PullCrowd.Result result = PullCrowd.run(repository, all.pull());
      crowd.ours(result.seconds());
      if (result.repeated() > 0) {
        notes.add(
            "32 pulls at once: "
                + result.repeated()
                + " requests were sent again, because the server was busy (503, Retry-After)");
      }
      if (result.liveBytes() > 0) {
        live.ours((double) result.liveBytes());
      } else {
        notes.add("heap in use: this Java has no jcmd, or the pulls ended too soon");
      }
    } catch (IOException failure) {
      notes.add("32 pulls at once do not complete: " + failure.getMessage());
    }
  }
}
