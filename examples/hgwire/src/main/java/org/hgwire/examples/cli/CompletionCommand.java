// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire completion}: a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in a shell.",
      "In bash: source <(hgwire completion bash), or put the script into a file hgwire below"
          + " ~/.local/share/bash-completion/completions/. In zsh, after compinit: source <(hgwire"
          + " completion zsh)."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // one script serves both
  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec;

  /** The shells that can be completed in. */
  enum Shell {
    BASH,
    ZSH;

    /** Returns the name as it is given and completed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    // It loads bashcompinit if it is in zsh.
    String script = AutoComplete.bash("hgwire", spec.root().commandLine());
    spec.commandLine().getOut().print(script);
    return 0;
  }
}
