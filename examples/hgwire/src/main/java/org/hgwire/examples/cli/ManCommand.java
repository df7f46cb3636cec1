// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hgwire man}: the manual page of all commands. */
@Command(
    name = "man",
    description = "Print the manual page hgwire(1), for man -l or a directory man1 of MANPATH.",
    mixinStandardHelpOptions = true)
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ManualPage.of(spec.root()));
    return 0;
  }
}
