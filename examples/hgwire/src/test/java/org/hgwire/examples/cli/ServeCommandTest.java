// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ServeCommandTest {
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

  @Test
  void refusesALimitThatDoesNotExist() {
    CommandLineRun run = CommandLineRun.of("serve", "--demo", "--limit", "speed=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: there is no limit \"speed\"");
  }
}
