// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options for HTTP redirects, proxies and trust, with a web server in front of a server. */
final class NetworkOptionsTest {
  @TempDir Path directory;
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private volatile String host = "127.0.0.1";
  private HttpServer front;
  private ServedContent content;
  private HgWireServer server;

  /** The web server redirects everything, and serves content from elsewhere. */
  @BeforeEach
  void start() throws IOException {
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.createContext(
        "/",
        exchange -> {
          targets.add(exchange.getRequestURI().toString());
          String path = exchange.getRequestURI().toString().replaceFirst("^/repo/?", "/");
          exchange
              .getResponseHeaders()
              .set("Location", "http://" + host + ":" + server.port() + path);
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    front.start();
    Path file =
        Files.writeString(
            directory.resolve("redirects.json"),
            """
            {
              "threshold": 0,
              "targets": [
                {
                  "name": "front",
                  "uris": ["http://127.0.0.1:PORT/content/"],
                  "directory": "content",
                  "listen": {"path": "content"}
                }
              ]
            }
            """
                .replace("PORT", Integer.toString(front.getAddress().getPort())));
    content = ServedContent.open(RedirectConfiguration.read(file), warning -> {});
    server =
        HgWireServer.builder(
                ServeCommand.service(
                    ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())),
                    content))
            .grace(Duration.ofMillis(100))
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    content.close();
    front.stop(0);
  }

  private String frontUrl() {
    return "http://127.0.0.1:" + front.getAddress().getPort() + "/repo";
  }

  private CommandLineRun call(String... options) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("call", frontUrl(), "heads"), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void redirectedAddressIsUsed() {
    CommandLineRun run = call();
    assertThat(run.exitCode()).as(run.err()).isZero();
    // The handshake alone: the command is sent to where it led.
    assertThat(targets).containsExactly("/repo?cmd=capabilities");
  }

  @Test
  void switchedOffTheAddressToGiveIsNamed() {
    CommandLineRun run = call("--http-redirects", "off");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("give http://127.0.0.1:" + server.port() + "/ as the address")
        .hasLineCount(1);
  }

  @Test
  void anotherHostIsFollowedIfNamed() {
    host = "localhost";
    CommandLineRun refused = call();
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("allow HTTP redirects to localhost");
    CommandLineRun named =
        call("--http-redirects-to", "a.example", "--http-redirects-to", "LOCALHOST");
    assertThat(named.exitCode()).as(named.err()).isZero();
  }

  @Test
  void contentIsRedirectedOnlyIfANumberIsGiven() {
    String url = "http://127.0.0.1:" + server.port() + "/";
    String[] pull = {"pull", url, "--verbose", "--redirect-allow", "127.0.0.1"};
    assertThat(CommandLineRun.of(pull).exitCode()).isZero();

    CommandLineRun strict = CommandLineRun.of(pull);
    assertThat(strict.exitCode()).isZero();
    assertThat(strict.err()).contains("not used, http-redirect: ");
    assertThat(strict.out()).doesNotContain("from elsewhere");

    CommandLineRun allowed =
        CommandLineRun.of(
            Stream.concat(Stream.of(pull), Stream.of("--http-redirects", "1"))
                .toArray(String[]::new));
    assertThat(allowed.err().lines()).hasSize(3).allMatch(line -> line.contains(", verified, "));
    assertThat(allowed.out()).containsPattern("bytes from elsewhere: [1-9]");

    // Each hop is checked like the first.
    host = "127.0.0.2";
    CommandLineRun inside =
        CommandLineRun.of(
            Stream.concat(Stream.of(pull), Stream.of("--http-redirects", "5"))
                .toArray(String[]::new));
    assertThat(inside.exitCode()).isZero();
    assertThat(inside.err()).contains("not used, address: ");
  }

  @ParameterizedTest
  @CsvSource({
    "--http-redirects, 6, 0 to 5 or off",
    "--http-redirects, on, 0 to 5 or off",
    "--http-redirects-to, http://x/, not the name of a host",
    "--http-redirects-to, h:80, not the name of a host",
    "--http-redirects-to, -x, '\"-x\" is neither'",
    "--proxy, socks5://proxy/, socks5 is not supported",
    "--proxy, http://u:secret@p/x, more after the host",
    "--redirect-cacert, /no/such, no such file",
  })
  void wrongValueIsOneLineThatNamesIt(String option, String value, String message) {
    CommandLineRun run = call(option, value);
    assertThat(run.exitCode()).isEqualTo(option.equals("--redirect-cacert") ? 1 : 2);
    assertThat(run.err()).contains(message).doesNotContain("secret").hasLineCount(1);
    assertThat(targets).isEmpty();
  }

  @Test
  void proxyIsThatOfTheOptionOrOfTheEnvironment() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    proxy.start();
    try {
      String url = "http://al:p@ss@127.0.0.1:" + proxy.getAddress().getPort();
      String expected =
          "http://my_repo.test/a?cmd=capabilities Basic "
              + java.util.Base64.getEncoder()
                  .encodeToString("al:p@ss".getBytes(StandardCharsets.UTF_8));
      CommandLineRun run =
          CommandLineRun.of("call", "http://my_repo.test/a", "heads", "--proxy", url);
      assertThat(run.err()).contains("nothing is there (404)");
      assertThat(asked).containsExactly(expected);

      assertThat(process("http_proxy", url, "http://my_repo.test/a"))
          .contains("nothing is there (404)");
      assertThat(asked).containsExactly(expected, expected);
      assertThat(process("http_proxy", url, "http://nowhere.invalid/", "--proxy", "none"))
          .contains("nowhere.invalid is unknown");
      assertThat(asked).hasSize(2);
    } finally {
      proxy.stop(0);
    }
  }

  /** Returns what another process prints on standard error. */
  private static String process(String variable, String value, String url, String... options)
      throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HgWire.class.getName(),
                    "call",
                    url,
                    "heads"),
                Stream.of(options))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("no_proxy");
    builder.environment().remove("NO_PROXY");
    builder.environment().put(variable, value);
    Process process = builder.start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return err;
  }
}
