// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hgwire.redirects.contentstore.OwnedFiles;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a verified clone into a repository costs with what hg's clone and verify cost: as
 * whole processes, in turns, from warm servers. Used by one thread.
 */
public final class ClientBench {
  private static final int WARM_UP = 10;
  private static final int WARM_UP_HERE = 4;
  private static final String HEAP = "128m";

  private final Path repository;
  private final @Nullable Path hg;
  private final int rounds;
  private final Consumer<String> progress;
  private final List<String> notes = new ArrayList<>();

  private final BenchRow verified = new BenchRow("verified clone; hg: clone and verify", "s");
  private final BenchRow alone = new BenchRow("the same; hg: clone alone", "s");
  private final BenchRow processor = new BenchRow("the same, processor time; hg: both", "s");
  private final BenchRow fromHg = new BenchRow("from hg serve, version 1; hg: clone alone", "s");
  private final BenchRow disk = new BenchRow("files of the store", "bytes");
  private final BenchRow memory = new BenchRow("peak memory of the process", "bytes");
  private final BenchRow heads = new BenchRow("call heads; hg: identify", "s");
  private final BenchRow warm = new BenchRow("text verified a second, warm", "bytes");

  /** What is measured with. */
  private record Places(
      MeasuredServer ours, @Nullable MeasuredServer theirs, Path clones, Path output) {
    Path newClone() throws IOException {
      Path clone = clones.resolve("clone");
      delete(clone);
      return clone;
    }
  }

  /**
   * @param repository the repository
   * @param hg a real hg, or null
   * @param rounds how often each is measured
   * @param progress is told what is done next
   */
  public ClientBench(Path repository, @Nullable Path hg, int rounds, Consumer<String> progress) {
    this.repository = repository;
    this.hg = hg;
    this.rounds = rounds;
    this.progress = progress;
  }

  /**
   * Measures everything.
   *
   * @return the rows of the table
   * @throws IOException if a server cannot be started, or a client fails
   */
  public List<BenchRow> run() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (OwnedFiles files = OwnedFiles.open(temporary, "hgwire-bench-");
        MeasuredServer ours = MeasuredServer.hgwire(repository, HEAP, null);
        @Nullable MeasuredServer theirs = hg == null ? null : MeasuredServer.hg(hg, repository)) {
      Places places = new Places(ours, theirs, files.newDirectory(), files.newFile());
      warmUp(ours);
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round " + round + " of " + rounds);
        compareClones(places);
        compareClonesFromHg(places);
        compareHeads(places);
      }
      progress.accept("pulls in this process");
      measureWarm(places);
      places.newClone();
    }
    return List.of(verified, alone, processor, fromHg, disk, memory, heads, warm);
  }

  /** Returns what could not be measured, and what the yardstick is: a line each. */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  private void warmUp(MeasuredServer ours) throws IOException {
    progress.accept("warm-up");
    try (LocalServer local = LocalServer.open(repository)) {
      BenchRequests all = local.requests(true);
      for (int i = 0; i < WARM_UP; i++) {
        Cost.of(ours, all.pull());
        Cost.of(ours, List.of(all.getbundle()));
      }
    }
  }

  private void compareClones(Places places) throws IOException {
    URI url = places.ours().url();
    Path clone = places.newClone();
    ProgramCost cost = pull(places, url, clone);
    double size = sizeOfStore(clone);
    for (BenchRow row : List.of(verified, alone)) {
      row.ours(cost.seconds());
    }
    disk.ours(size);
    ours(processor, cost.processorSeconds());
    ours(memory, cost.peakBytes());
    if (hg == null) {
      return;
    }
    ProgramCost cloned = clone(hg, places, url);
    Path other = places.clones().resolve("clone");
    double sizeOfHg = sizeOfStore(other);
    ProgramCost both = cloned.and(run(places, hg, "verify", "-R", other.toString()));
    verified.toHg(both.seconds() / cost.seconds());
    alone.toHg(cloned.seconds() / cost.seconds());
    if (!Double.isNaN(both.processorSeconds())) {
      processor.toHg(both.processorSeconds() / cost.processorSeconds());
    }
    disk.toHg(size / sizeOfHg);
  }

  private void compareClonesFromHg(Places places) throws IOException {
    MeasuredServer theirs = places.theirs();
    if (hg == null || theirs == null) {
      return;
    }
    ProgramCost cost = pull(places, theirs.url(), places.newClone(), "--protocol", "v1");
    fromHg.ours(cost.seconds());
    fromHg.toHg(clone(hg, places, theirs.url()).seconds() / cost.seconds());
  }

  private void compareHeads(Places places) throws IOException {
    String url = places.ours().url().toString();
    double seconds =
        ProgramCost.of(OwnCommand.line(List.of("call", url, "heads")), places.output()).seconds();
    heads.ours(seconds);
    if (hg != null) {
      heads.toHg(run(places, hg, "identify", url).seconds() / seconds);
    }
  }

  private void measureWarm(Places places) throws IOException {
    URI url = places.ours().url();
    for (int round = -WARM_UP_HERE; round < rounds; round++) {
      double pulled = WarmPull.bytesPerSecond(url, places.newClone());
      if (round >= 0) {
        HashingRate yardstick = HashingRate.measure();
        note("÷ SHA-1: divided by what one core computes by " + yardstick.program());
        warm.ours(pulled);
        warm.toYardstick(pulled / yardstick.bytesPerSecond());
      }
    }
  }

  private void ours(BenchRow row, double figure) {
    if (!Double.isNaN(figure)) {
      row.ours(figure);
    } else {
      note(row.what() + ": not known, as there is no /proc");
    }
  }

  private void note(String line) {
    if (!notes.contains(line)) {
      notes.add(line);
    }
  }

  private static ProgramCost pull(Places places, URI url, Path clone, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("pull", url.toString()));
    arguments.addAll(List.of("--into", clone.toString()));
    arguments.addAll(List.of(options));
    return ProgramCost.of(OwnCommand.line(arguments), places.output());
  }

  /** Clones by hg, without a working copy, as {@code pull --into} makes none. */
  private static ProgramCost clone(Path hg, Places places, URI url) throws IOException {
    Path clone = places.newClone();
    return run(places, hg, "clone", "--noupdate", url.toString(), clone.toString());
  }

  private static ProgramCost run(Places places, Path hg, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(hg.toString());
    line.addAll(List.of(arguments));
    return ProgramCost.of(line, places.output());
  }

  private static double sizeOfStore(Path clone) throws IOException {
    try (Stream<Path> files = Files.walk(clone.resolve(".hg").resolve("store"))) {
      return files.map(Path::toFile).filter(file -> file.isFile()).mapToLong(f -> f.length()).sum();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
