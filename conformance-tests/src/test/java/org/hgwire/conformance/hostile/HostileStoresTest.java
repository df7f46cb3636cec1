// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.hostile.HostileRequests.Outcome;
import org.hgwire.conformance.hostile.HostileStores.Case;
import org.hgwire.conformance.memory.SmallProcess;
import org.hgwire.conformance.memory.SmallProcess.Reading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile repositories beside a good one, behind a server with a heap of 128 MiB: each request for
 * one ends soon, the operator is told which file and revision it is, no text of other files is
 * sent, and the good one is served on.
 */
final class HostileStoresTest {
  private static final long MAX_MILLIS = 20_000;
  private static final long MAX_HEAP = 100L << 20;

  @TempDir static Path temporary;
  private static Path top;
  private static SmallProcess server;
  private static URI url;
  private static CraftedStore good;
  private static int number;

  static List<Case> hostile() {
    String only = System.getProperty("hostile", "");
    return HostileStores.all().stream()
        .filter(each -> each.name().matches(".*(" + only + ").*"))
        .toList();
  }

  @BeforeAll
  static void start() throws IOException {
    top = Files.createDirectory(temporary.resolve("top"));
    good = CraftedStore.ofChangesets(20);
    good.write(top.resolve("good"));
    server = startServer();
    url = url(server);
  }

  private static SmallProcess startServer() throws IOException {
    return SmallProcess.startWith(128, HostileServerProcess.class, top);
  }

  private static URI url(SmallProcess server) throws IOException {
    return URI.create("http://127.0.0.1:" + server.await("port (\\d+)").group(1) + "/");
  }

  private static List<String> lines() throws IOException {
    try {
      return server.linesUntilFigures();
    } catch (IOException dead) {
      server = startServer();
      url = url(server);
      throw dead;
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String write(CraftedStore store, Case hostile) throws IOException {
    String name = "hostile" + number++;
    Path root = Files.createDirectory(top.resolve(name));
    store.write(root);
    hostile.change().to(root.resolve(".hg/store"), temporary.resolve("outside-" + name));
    return name;
  }

  /** Nothing of the log that is left is damaged. A client names the manifests itself. */
  @ParameterizedTest
  @MethodSource("org.hgwire.conformance.hostile.HostileStores#cut")
  void whatWasCutOffIsMissedOverBothVersions(Case cut) throws Exception {
    CraftedStore store = cut.crafted().make();
    URI place = url.resolve(write(store, cut));
    for (int round = 0; round < 2; round++) {
      Map<String, Outcome> outcomes = new HostileRequests(place, store).all();
      assertThat(outcomes)
          .allSatisfy(
              (request, outcome) -> {
                if (request.startsWith("1 getbundle")
                    || request.contains("of tip")
                    || request.equals(
                        cut.name().equals("file log") ? "2 filesdata" : "2 manifestdata")) {
                  assertThat(outcome.error()).as(request).isNotNull();
                }
              });
      List<String> lines = lines();
      for (String failed : List.of("", "/api/exp-http-v2-0003/ro/filesdata")) {
        assertThat(lines)
            .anyMatch(
                line ->
                    line.startsWith("failed " + place.getPath() + failed + " ")
                        && cut.reported().stream().allMatch(line::contains));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileStoreIsBoundedAndNamed(Case hostile) throws Exception {
    CraftedStore store = hostile.crafted().make();
    String name = write(store, hostile);

    Map<String, Outcome> outcomes = new HostileRequests(url.resolve(name), store).all();
    Map<String, Outcome> others = new HostileRequests(url.resolve("good"), good).all();
    List<String> lines = lines();
    Reading figures = new Reading(lines.get(lines.size() - 1));

    long slowest = outcomes.values().stream().mapToLong(Outcome::millis).max().orElse(0);
    System.out.printf(
        "%s: %d of %d fail, slowest %d ms, %s%n",
        hostile.name(),
        outcomes.values().stream().filter(each -> each.error() != null).count(),
        outcomes.size(),
        slowest,
        figures.memory());
    if (Boolean.getBoolean("hostile.print")) {
      outcomes.forEach((request, outcome) -> System.out.println("  " + request + ": " + outcome));
      lines.forEach(line -> System.out.println("  > " + line));
    }
    assertThat(outcomes.values()).allMatch(each -> each.millis() < MAX_MILLIS);
    assertThat(outcomes.values()).noneMatch(Outcome::leaked);
    assertThat(lines).noneMatch(line -> line.contains(HostileStores.OUTSIDE));
    assertThat(figures.get("heap")).isLessThan(MAX_HEAP);
    if (!hostile.reported().isEmpty()) {
      assertThat(lines)
          .anyMatch(
              line ->
                  line.startsWith("failed /" + name)
                      && hostile.reported().stream().allMatch(line::contains));
    }
    assertThat(others)
        .allSatisfy(
            (request, outcome) -> {
              if (!request.endsWith("unknown")) {
                assertThat(outcome.error()).as(request).isNull();
              }
            });
  }
}
