// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class SubcommandsTest {
  @Test
  void eachHasTheNameThatItsClassSays() {
    Map<String, CommandLine> all = added();
    assertThat(all).containsKeys("serve", "pull", "call").hasSizeGreaterThan(10);
    all.forEach(
        (name, command) ->
            assertThat(CommandSpec.forAnnotatedObject(command.getCommand()).name())
                .isEqualTo(name));
  }

  @Test
  void onlyTheNamedOneIsSetUp() {
    assertThat(added("serve", "--port", "pull").keySet()).isEqualTo(Set.of("serve"));
    assertThat(added("--debug", "call", "-").keySet()).isEqualTo(Set.of("call"));
  }

  @Test
  void allAreSetUpIfNoneIsNamed() {
    Set<String> all = added().keySet();
    assertThat(added("--help").keySet()).isEqualTo(all);
    assertThat(added("sevre").keySet()).isEqualTo(all);
    assertThat(added("man").keySet()).isEqualTo(all);
    assertThat(added("completion", "bash").keySet()).isEqualTo(all);
  }

  private static Map<String, CommandLine> added(String... arguments) {
    CommandLine root = new CommandLine(CommandSpec.create());
    Subcommands.addTo(root, arguments);
    return root.getSubcommands();
  }
}
