// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A history of random changesets that a real hg commits: edits, copies, renames, removals, flags,
 * merges, branches, tags, bookmarks, changesets that are secret or obsolete.
 */
final class RandomHistory {
  private static final int LINES = 40;

  private final HgCommandServer hg;
  private final Path repository;
  private final Random random;
  private final List<String> files = new ArrayList<>();
  private int seconds = 1000;

  private RandomHistory(HgCommandServer hg, Path repository, long seed) {
    this.hg = hg;
    this.repository = repository;
    this.random = new Random(seed);
  }

  /** Creates {@code repository} with some {@code changesets}. */
  static void make(Hg hg, Path repository, int changesets, long seed) {
    try (HgCommandServer server =
        HgCommandServer.start(
            hg,
            "--config=ui.interactive=no",
            "--config=ui.merge=internal:local",
            "--config=experimental.evolution=all")) {
      server.run(RealHg.target(), "init", repository.toString());
      SampleRepositories.publishNothing(repository);
      RandomHistory history = new RandomHistory(server, repository, seed);
      for (int i = 0; i < changesets; i++) {
        history.step(i);
      }
      history.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(int number) throws IOException {
    int what = number < 5 ? 0 : random.nextInt(20);
    switch (what) {
      case 0, 1, 2 -> add(number);
      case 3 -> copy("copy", number);
      case 4 -> copy("rename", number);
      case 5 -> tryRun("remove", "-f", any());
      case 6 -> executable();
      case 7, 8 -> update();
      case 9, 10 -> {
        tryRun("merge", "-q", "--tool", "internal:local", "-r", revision());
        tryRun("resolve", "-q", "-a", "-m");
      }
      case 11 -> tryRun("branch", "-q", "-f", "branch-" + random.nextInt(4));
      case 12 -> tryRun("tag", "-f", "-d", date(), "-u", "tagger", "tag-" + number);
      case 13 -> tryRun("bookmark", "-q", "-i", "-f", "-r", ".", "mark-" + random.nextInt(6));
      default -> edit();
    }
    if (random.nextInt(3) == 0) {
      edit();
    }
    tryRun("commit", "-q", "-d", date(), "-u", "Émile " + number % 7, "-m", "changeset " + number);
    if (random.nextInt(15) == 0) {
      edit();
      tryRun("commit", "-q", "--amend", "-d", date(), "-u", "amender", "-m", "amended " + number);
    }
    if (random.nextInt(20) == 0) {
      tryRun("phase", "-q", "-f", "--secret", "-r", ".");
      tryRun("update", "-q", "-C", "-r", "max(not secret())");
    }
  }

  private void finish() {
    hg.run(repository, "phase", "-q", "--public", "-r", "first(not secret(), 20)");
    hg.run(repository, "update", "-q", "-C", "null");
  }

  private String date() {
    return seconds++ + " 3600";
  }

  private String any() {
    return files.get(random.nextInt(files.size()));
  }

  /** Returns any changeset that is not secret. */
  private String revision() {
    String[] line = {"log", "-r", "not secret()", "-T", "{rev}\n"};
    List<String> all = hg.run(repository, line).lines().toList();
    return all.get(random.nextInt(all.size()));
  }

  private void update() {
    tryRun("update", "-q", "-C", "-r", revision());
  }

  private void add(int number) throws IOException {
    String name = (number % 3 == 0 ? "dir" + number % 4 + "/" : "") + "file-" + number;
    write(name, text());
    hg.run(repository, "add", "-q", name);
    files.add(name);
  }

  private void copy(String how, int number) throws IOException {
    String from = any();
    if (Files.exists(repository.resolve(from))) {
      String to = how + "/é " + number;
      tryRun(how, "-q", from, to);
      tryRun("commit", "-q", "-d", date(), "-u", "copier", "-m", how);
    }
  }

  private void executable() {
    Path file = repository.resolve(any());
    if (Files.exists(file)) {
      file.toFile().setExecutable(!Files.isExecutable(file));
    }
  }

  private void edit() throws IOException {
    String name = any();
    if (Files.exists(repository.resolve(name))) {
      List<String> lines = new ArrayList<>(Files.readAllLines(repository.resolve(name)));
      lines.add(random.nextInt(lines.size() + 1), "line " + random.nextInt(1000));
      lines.set(random.nextInt(lines.size()), "changed " + random.nextInt(1000));
      write(name, lines.stream().collect(Collectors.joining("\n", "", "\n")));
    }
  }

  private String text() {
    return random
        .ints(random.nextInt(LINES), 0, 1000)
        .mapToObj(each -> "line " + each + "\n")
        .collect(Collectors.joining());
  }

  private void write(String name, String text) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Runs what may have nothing to do. */
  private void tryRun(String... arguments) {
    hg.tryRun(repository, arguments);
  }
}
