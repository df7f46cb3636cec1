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
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where passwords come from. */
@Timeout(120)
final class LoginOptionsTest {
  private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();
  private static HttpServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          SEEN.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @Test
  void aFileHasThePasswordInItsFirstLine() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "s\u00e9:cret \r\nnot this\n");
    for (String name : new String[] {"--user=me", "--timeout=60"}) {
      String url = name.startsWith("--user") ? url("") : url("me@");
      CommandLineRun run =
          CommandLineRun.of("call", url, "heads", name, "--password-file", file.toString());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(login()).isEqualTo("me:s\u00e9:cret ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--user me, '', HGWIRE_PASSWORD, me:from the environment",
    "--timeout 60, me%20too@, HGWIRE_PASSWORD, me too:from the environment",
    "--user me:here, '', HGWIRE_PASSWORD, me:here",
    "--timeout 60, me:there@, HGWIRE_PASSWORD, me:there",
    "--user me:here, you:there@, HGWIRE_PASSWORD, me:here",
    "--user me, '', HGWIRE_OTHER, 'me:'",
  })
  void theEnvironmentHasThePassword(String option, String info, String variable, String expected)
      throws Exception {
    ShellRun run =
        ShellRun.of(
            directory,
            Map.of(variable, "from the environment"),
            "hgwire call " + url(info) + " heads " + option);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(login()).isEqualTo(expected);
  }

  @Test
  void withoutANameThereIsNoLogin() throws Exception {
    ShellRun.of(directory, Map.of("HGWIRE_PASSWORD", "x"), "hgwire call " + url("") + " heads");
    assertThat(SEEN.take()).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({
    "'', --timeout=60, 2, --password-file needs a name: give --user NAME",
    "'', --user=me:x, 2, the password is given twice: leave it out of --user or leave out"
        + " --password-file",
    "me:x@, --timeout=60, 2, the password is given twice: leave it out of the URL or leave out"
        + " --password-file",
    "me@, --timeout=60, 1, 'FILE is empty, where a password should be'",
  })
  void whatContradictsIsRefused(String info, String option, int exitCode, String message)
      throws Exception {
    Path file = Files.createFile(directory.resolve("empty"));
    CommandLineRun run =
        CommandLineRun.of("call", url(info), "heads", option, "--password-file", file.toString());
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("hgwire: " + message.replace("FILE", file.toString()));
    assertThat(SEEN).isEmpty();
  }

  @Test
  void aPasswordThatIsNotUtf8IsRefused() throws Exception {
    Path file = Files.write(directory.resolve("latin1"), new byte[] {(byte) 0xe9, '\n'});
    CommandLineRun run = CommandLineRun.of("pull", url("me@"), "--password-file", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("hgwire: " + file + " is not UTF-8, which the password must be");
  }

  private static String url(String info) {
    return "http://" + info + "127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private static String login() throws InterruptedException {
    String header = SEEN.take();
    assertThat(header).startsWith("Basic ");
    return new String(
        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
  }
}
