// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The redirect options of the client against a configured server, in one process. */
final class RedirectedPullTest {
  @TempDir Path directory;

  @Test
  void pullFollowsAllowedRedirects() throws IOException {
    serving(
        url -> {
          assertThat(pull(url, "--verbose", "--redirect-allow", "127.0.0.1").err()).isEmpty();

          CommandLineRun second = pull(url, "--verbose", "--redirect-allow", "127.0.0.0/8");

          assertThat(second.err().lines())
              .hasSize(3)
              .allMatch(line -> line.matches("redirect: \\w+data from http://.*, verified, .* s"));
          assertThat(second.out()).containsPattern("bytes from elsewhere: [1-9]");
        });
  }

  @Test
  void pullDoesNotFollowIntoItsOwnNetwork() throws IOException {
    serving(
        url -> {
          String first = pull(url).out();

          CommandLineRun second = pull(url, "--verbose");

          assertThat(second.err())
              .startsWith("redirect: changesetdata from http://127.0.0.1:")
              .contains("not used, address: ")
              .endsWith("(retried)\n")
              .hasLineCount(1);
          assertThat(counts(second)).isEqualTo(first.lines().limit(3).toList());
        });
  }

  @Test
  void redirectsOffFollowsNone() throws IOException {
    serving(
        url -> {
          pull(url);
          CommandLineRun run =
              pull(url, "--redirects", "off", "--verbose", "--redirect-allow", "127.0.0.1");
          assertThat(run.err()).isEmpty();
          assertThat(run.out()).doesNotContain("from elsewhere");
        });
  }

  @Test
  void callFollowsRedirects() throws IOException {
    serving(
        url -> {
          String[] call = {
            "call", url, "manifestdata", "tree=h''", "nodes=[]", "--redirect-allow", "127.0.0.1"
          };
          assertThat(CommandLineRun.of(call).exitCode()).isZero();
        });
  }

  @Test
  void refusesWhatIsNeitherHostNorRange() {
    CommandLineRun run =
        CommandLineRun.of("pull", "http://127.0.0.1:1/", "--redirect-allow", "10.0.0.1/8");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: ").contains("10.0.0.1/8").hasLineCount(1);
  }

  @Test
  void refusesAnUnknownRedirectMode() {
    CommandLineRun run = CommandLineRun.of("pull", "http://127.0.0.1:1/", "--redirects", "maybe");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: ").contains("--redirects").hasLineCount(1);
  }

  @Test
  void wrongConfigurationStopsTheServerBeforeItListens() throws IOException {
    CommandLineRun missing = CommandLineRun.of("serve", "--demo", "--redirect-config", "/no/such");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).isEqualTo("hgwire: no such file: /no/such\n");

    Path file = Files.writeString(directory.resolve("wrong.json"), "{}");
    CommandLineRun wrong =
        CommandLineRun.of("serve", "--demo", "--redirect-config", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).isEqualTo("hgwire: " + file + ": targets is missing\n");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void stoppedServerDeletesItsTemporaryFiles() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path file =
        Files.writeString(
            directory.resolve("redirects.json"),
            "{\"threshold\": 0, \"targets\": [{\"name\": \"a\", \"uris\": [\"http://h/\"],"
                + " \"directory\": \"content\"}]}");
    ServeProcess process =
        ServeProcess.start(
            List.of("-Djava.io.tmpdir=" + temporary), "--redirect-config", file.toString());
    try {
      pull(process.url());
      assertThat(kept(temporary)).hasSize(1);

      assertThat(process.stop()).isTrue();
      assertThat(kept(temporary)).isEmpty();
      assertThat(directory.resolve("content")).isNotEmptyDirectory();
    } finally {
      process.close();
    }
  }

  private static List<String> kept(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("hgwire-responses") && !name.endsWith(".lock"))
          .toList();
    }
  }

  private final List<String> faults = new CopyOnWriteArrayList<>();

  private interface Check {
    void of(String url) throws IOException;
  }

  @Test
  void serveSaysOnceWhyNothingIsRedirected() throws IOException {
    serving(
        url -> {
          Files.move(directory.resolve("content/unfinished"), directory.resolve("content/was"));
          Files.createSymbolicLink(
              directory.resolve("content/unfinished"), directory.resolve("nowhere"));
          for (int round = 0; round < 3; round++) {
            assertThat(counts(pull(url))).isNotEmpty();
          }
          assertThat(faults)
              .singleElement()
              .asString()
              .startsWith("hgwire: clients are not redirected to own for now: ")
              .contains("unfinished");
        });
  }

  private void serving(Check check) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String json =
        """
        {
          "threshold": 0,
          "targets": [
            {
              "name": "own",
              "uris": ["http://127.0.0.1:PORT/content/"],
              "directory": "content",
              "listen": {"path": "content"}
            }
          ]
        }
        """
            .replace("PORT", Integer.toString(port));
    Path file = Files.writeString(directory.resolve("redirects.json"), json);
    try (ServedContent content = ServedContent.open(RedirectConfiguration.read(file), faults::add);
        HgWireServer server =
            HgWireServer.builder(
                    ServeCommand.service(
                        ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())),
                        content))
                .port(port)
                .grace(Duration.ofMillis(100))
                .start()) {
      check.of("http://127.0.0.1:" + server.port() + "/");
    }
  }

  private static CommandLineRun pull(String url, String... options) {
    CommandLineRun run =
        CommandLineRun.of(
            Stream.concat(Stream.of("pull", url), Stream.of(options)).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static Iterable<String> counts(CommandLineRun run) {
    return run.out().lines().limit(3).toList();
  }
}
