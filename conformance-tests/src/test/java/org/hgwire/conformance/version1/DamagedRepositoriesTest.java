// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.RepositoryDirectories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged repositories beside a good one: whoever asks for a damaged one gets an error, the
 * operator is told which file it is, and the good one is served on. Needs no hg.
 */
final class DamagedRepositoriesTest {
  static final List<String> VERSIONS = Recordings.VERSIONS;

  private final RawClient client = new RawClient();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @TempDir Path temporary;
  private Path top;
  private RepositoryDirectories repositories;
  private HgWireServer server;

  /** What is done to a repository. */
  private interface Damage {
    void to(Path store) throws IOException;
  }

  /**
   * A kind of damage.
   *
   * @param name its name
   * @param reported what the listener is told: parts of the message
   */
  private record Case(String name, Damage damage, List<String> reported) {
    Case(String name, Damage damage, String... reported) {
      this(name, damage, List.of(reported));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "changelog that is cut",
              store -> cut(store.resolve("00changelog.i"), 70),
              "00changelog"),
          new Case(
              "manifests that are cut",
              store -> cut(store.resolve("00manifest.i"), 70),
              "00manifest.i"),
          new Case("file log that is cut", store -> cut(store.resolve("data/a.i"), 70), "a.i"),
          new Case(
              "chunk that is damaged",
              store -> flip(store.resolve("data/run.sh.i"), 64),
              "run.sh.i",
              "revision 0"),
          new Case(
              "file log that is missing",
              store -> Files.delete(store.resolve("data/b.i")),
              " of b of "),
          new Case(
              "base that is itself damaged",
              store -> flip(store.resolve("data/marker.i"), 16),
              "marker"),
          new Case(
              "link beyond the end",
              store -> flip(store.resolve("data/stays.i"), 20),
              " of stays of "),
          new Case("symbolic link out of the store", DamagedRepositoriesTest::linkOut, "dead.i"),
          new Case("unknown requirement", DamagedRepositoriesTest::require, "exp-of-the-future"),
          new Case(
              "phases that are none",
              store -> Files.writeString(store.resolve("phaseroots"), "x\n"),
              "phaseroots"),
          new Case(
              "obsolescence markers that are none",
              store -> Files.write(store.resolve("obsstore"), new byte[] {9, 9}),
              "obsstore"));

  static Stream<Arguments> damages() {
    return VERSIONS.stream()
        .flatMap(version -> CASES.stream().map(each -> Arguments.of(version, each)));
  }

  private static void cut(Path file, int bytes) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(opened.length() - bytes);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = at; i < Math.min(at + 4, bytes.length); i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);
  }

  private static void linkOut(Path store) throws IOException {
    Path file = store.resolve("data/dead.i");
    Path outside = store.resolve("../../../../outside.i").normalize();
    Files.move(file, outside);
    Files.createSymbolicLink(file, outside);
  }

  private static void require(Path store) throws IOException {
    Files.writeString(
        store.resolveSibling("requires"), "exp-of-the-future\n", StandardOpenOption.APPEND);
  }

  @BeforeEach
  void serve() throws IOException {
    top = Files.createDirectory(temporary.resolve("top"));
    repositories = RepositoryDirectories.builder().below(top).open();
    server =
        HgWireServer.builder(
                ServerOptions.builder(repositories)
                    .listener(
                        new ServerListener() {
                          @Override
                          public void commandFailed(
                              ServedRequest request, String command, Throwable failure) {
                            failures.add(String.valueOf(failure.getMessage()));
                          }

                          @Override
                          public void requestFailed(ServedRequest request, Throwable failure) {
                            failures.add(String.valueOf(failure.getMessage()));
                          }
                        })
                    .build())
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    repositories.close();
  }

  private Exchange everything(String repository) throws IOException, InterruptedException {
    return client.call(
        URI.create("http://127.0.0.1:" + server.port()),
        "/" + repository,
        "getbundle",
        "bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D02&cg=1",
        "0.1");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("damages")
  void damageIsReportedAndOthersAreServedOn(String version, Case damaged) throws Exception {
    Recordings.unpack(version, "wire", Files.createDirectory(top.resolve("good")));
    Path bad = Recordings.unpack(version, "wire", Files.createDirectory(top.resolve("bad")));
    damaged.damage().to(bad.resolve(".hg/store"));

    String first = outcome("bad");
    assertThat(first).doesNotStartWith("complete");
    assertThat(failures).anySatisfy(failure -> assertThat(failure).contains(damaged.reported()));
    failures.clear();
    assertThat(outcome("good")).isEqualTo("complete 13");
    assertThat(outcome("bad")).doesNotStartWith("complete");
    assertThat(outcome("good")).isEqualTo("complete 13");
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void whatIsNoRepositoryIsNotFound(String version) throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Recordings.unpack(version, "wire", outside);
    Recordings.unpack(version, "wire", Files.createDirectory(top.resolve("good")));
    Files.createDirectory(top.resolve("empty"));
    Files.writeString(top.resolve("file"), "no directory");
    Files.createSymbolicLink(top.resolve("link"), outside);

    for (String name : List.of("empty", "file", "link", "nothing", "good/.hg", "good/.hg/store")) {
      assertThat(outcome(name)).as(name).isEqualTo("status 404");
    }
    assertThat(outcome("good")).isEqualTo("complete 13");
  }

  /** The manifest names a node that the log does not have. */
  @ParameterizedTest
  @FieldSource("VERSIONS")
  void revisionOfAnotherNodeIsNoticed(String version) throws Exception {
    Path bad = Recordings.unpack(version, "wire", Files.createDirectory(top.resolve("bad")));
    flip(bad.resolve(".hg/store/data/lib/n.txt.i"), 32);

    assertThat(outcome("bad")).doesNotStartWith("complete");
    assertThat(failures)
        .anySatisfy(
            failure -> assertThat(failure).contains(" of lib/n.txt of changeset ", "n.txt.i"));
  }

  /** Asks for everything: how many changesets came, or what the error was. */
  private String outcome(String repository) throws InterruptedException {
    try {
      Exchange exchange = everything(repository);
      String type = exchange.responseHeaders().getOrDefault("content-type", "");
      if (exchange.status() != 200) {
        return "status " + exchange.status();
      }
      if (!type.startsWith("application/mercurial-0.")) {
        return type + ": " + exchange.responseBody().utf8();
      }
      BundleContent bundle = BundleContent.of(Payloads.stream(exchange));
      return "complete " + bundle.parts("changegroup").get(0).parameters().get("(nbchanges)");
    } catch (IOException | RuntimeException failure) {
      return "cut: " + failure.getMessage();
    }
  }
}
