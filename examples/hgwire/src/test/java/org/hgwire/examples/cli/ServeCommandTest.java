// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ServeCommandTest {
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @Test
  void verbosePrintsALinePerRequest() throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of(), "--verbose")) {
      CommandLineRun run = CommandLineRun.of("call", server.url(), "heads");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.errors().readLine()).startsWith("127.0.0.1 - ").contains(" 200 ");
      assertThat(server.errors().readLine()).contains("commands=heads").contains(" 200 completed");
    }
  }

  @Test
  void printsNothingOnStandardErrorByDefault() throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of())) {
      assertThat(CommandLineRun.of("call", server.url(), "heads").exitCode()).isZero();
      assertThat(server.stop()).isTrue();
      assertThat(server.errors().readLine()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void theExitCodeNamesTheSignal(String signal, int exitCode) throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of())) {
      assertThat(server.stop(signal)).isEqualTo(exitCode);
    }
  }

  @Test
  void refusesALimitThatDoesNotExist() {
    CommandLineRun run = CommandLineRun.of("serve", "--demo", "--limit", "speed=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: there is no limit \"speed\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void printsAnAddressOfVersion6InBrackets(String host) throws Exception {
    Assumptions.assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.getByAddress(LOOPBACK_6)) != null);
    try (ServeProcess server = ServeProcess.start(List.of(), "--host", host)) {
      assertThat(server.url()).matches("http://\\[::1]:\\d+/");
      assertThat(CommandLineRun.of("call", server.url(), "heads").exitCode()).isZero();
    }
  }

  @Test
  void namesAHostThatDoesNotExist() {
    CommandLineRun run = CommandLineRun.of("serve", "--demo", "--host", "nosuch.invalid");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "hgwire: cannot listen on nosuch.invalid: there is no such host");
  }
}
