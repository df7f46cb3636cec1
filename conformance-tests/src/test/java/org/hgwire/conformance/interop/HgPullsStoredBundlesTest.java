// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.server.CommandReport;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored bundles, as each version pulls them from us and from its own server. */
final class HgPullsStoredBundlesTest {
  private static final int CHANGESETS = 12;

  @TempDir Path temporary;
  private final List<CommandReport> bundles = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  private final ServerListener listener =
      new ServerListener() {
        @Override
        public void commandEnded(ServedRequest request, CommandReport report) {
          if (report.name().equals("getbundle")) {
            bundles.add(report);
          }
        }

        @Override
        public void commandWarned(ServedRequest request, String command, Throwable problem) {
          warnings.add(command + ": " + problem.getMessage());
        }
      };

  private Path source(Hg hg) throws IOException {
    Path source = temporary.resolve("source");
    hg.run(temporary, "init", source.toString());
    for (int i = 0; i < CHANGESETS; i++) {
      Files.writeString(source.resolve("file" + i % 3), "text " + i + "\n" + "line\n".repeat(200));
      hg.run(source, "commit", "-q", "-A", "-m", "c" + i, "-d", i + " 0");
      if (i == 2) {
        hg.run(source, "tag", "-d", "0 0", "release");
      }
    }
    bundle(hg, source, "first.hg", "4", null, "none-v2");
    bundle(hg, source, "second.hg", "8", "4", "zstd-v2");
    Files.writeString(source.resolve(".hg/hgrc"), "[server]\npullbundle = yes\n");
    Files.writeString(
        source.resolve(".hg/pullbundles.manifest"),
        "first.hg BUNDLESPEC=none-v2 heads="
            + node(hg, source, "4")
            + "\nready/second.hg BUNDLESPEC=zstd-v2 heads="
            + node(hg, source, "8")
            + " bases="
            + node(hg, source, "4")
            + "\n");
    Path ready = Files.createDirectory(source.resolve(".hg/ready"));
    Files.move(source.resolve(".hg/second.hg"), ready.resolve("second.hg"));
    return source;
  }

  private static void bundle(
      Hg hg, Path source, String name, String head, String base, String type) {
    hg.run(
        source,
        "bundle",
        "-q",
        "-r",
        head,
        "--base",
        base == null ? "null" : base,
        "-t",
        type,
        source.resolve(".hg").resolve(name).toString());
  }

  private static String node(Hg hg, Path source, String revision) {
    return hg.run(source, "log", "-r", revision, "-T", "{node}");
  }

  private static String log(Hg hg, Path repository) {
    return hg.run(repository, "log", "-T", "{rev} {node} {phase} {tags} {bookmarks}\n");
  }

  /** Returns what the server sent for each getbundle since the last call. */
  private List<Long> sent() {
    List<Long> sizes = bundles.stream().map(CommandReport::bytes).toList();
    bundles.clear();
    return sizes;
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void storedBundlesAndTheRestMakeTheSameRepository(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = source(hg);
    long first = Files.size(source.resolve(".hg/first.hg"));
    long second = Files.size(source.resolve(".hg/ready/second.hg"));
    Path theirs = temporary.resolve("theirs");
    try (HgServe server = HgServe.start(hg, source, List.of())) {
      hg.run(temporary, "clone", "-q", "-U", server.url().toString(), theirs.toString());
    }
    Path ours = temporary.resolve("ours");
    Path partial = temporary.resolve("partial");
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository, options -> options.listener(listener))) {
      String url = server.url().toString();
      hg.run(temporary, "clone", "-q", "-U", url, ours.toString());
      assertThat(sent()).hasSize(3).startsWith(first, second);
      hg.run(ours, "verify", "-q");
      assertThat(log(hg, ours)).isEqualTo(log(hg, theirs)).contains("release");

      hg.run(temporary, "clone", "-q", "-U", "-r", "6", url, partial.toString());
      assertThat(sent()).hasSize(2).startsWith(first);
      hg.run(partial, "pull", "-q", url);
      assertThat(sent()).as("a part of the second is there").hasSize(1);
      hg.run(partial, "verify", "-q");
      assertThat(log(hg, partial)).isEqualTo(log(hg, theirs));
      assertThat(warnings).isEmpty();
    }
  }

  /** Where hg's own server sends a stored bundle and its client then fails or lacks something. */
  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void whatAStoredBundleLacksIsNotLost(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = source(hg);
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository, options -> options.listener(listener))) {
      String url = server.url().toString();
      Path empty = temporary.resolve("empty");
      hg.run(temporary, "init", empty.toString());
      assertThat(hg.run(empty, "incoming", "-q", url).lines()).hasSize(CHANGESETS + 1);

      Path exactly = temporary.resolve("exactly");
      hg.run(temporary, "clone", "-q", "-U", "-r", "4", url, exactly.toString());
      assertThat(hg.run(exactly, "log", "-r", "draft()")).as("drafts").isEmpty();

      hg.run(source, "bookmark", "-r", "10", "feature");
      Path marked = temporary.resolve("marked");
      hg.run(temporary, "clone", "-q", "-U", url, marked.toString());
      assertThat(hg.run(marked, "log", "-r", "feature", "-T", "{rev}")).isEqualTo("10");
      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bundlesThatCannotBeSentAreMade(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = source(hg);
    byte[] whole = Files.readAllBytes(source.resolve(".hg/ready/second.hg"));
    Files.write(source.resolve(".hg/ready/second.hg"), Arrays.copyOf(whole, whole.length - 9));
    Files.delete(source.resolve(".hg/first.hg"));
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository, options -> options.listener(listener))) {
      Path clone = temporary.resolve("clone");
      hg.run(temporary, "clone", "-q", "-U", "-r", "4", server.url().toString(), clone.toString());
      hg.run(clone, "pull", "-q", server.url().toString());
      hg.run(clone, "verify", "-q");
      assertThat(log(hg, clone).lines()).hasSize(CHANGESETS + 1);
      assertThat(sent()).hasSize(2);
      assertThat(warnings).anyMatch(each -> each.contains("second.hg"));

      Path other = temporary.resolve("other");
      hg.run(temporary, "clone", "-q", "-U", server.url().toString(), other.toString());
      assertThat(warnings).anyMatch(each -> each.contains("first.hg does not exist"));
      assertThat(log(hg, other)).isEqualTo(log(hg, clone));

      Files.writeString(source.resolve(".hg/hgrc"), "[server]\npullbundle = no\n");
      warnings.clear();
      hg.run(temporary, "clone", "-q", "-U", server.url().toString(), other + "2");
      assertThat(warnings).isEmpty();
    }
  }
}
