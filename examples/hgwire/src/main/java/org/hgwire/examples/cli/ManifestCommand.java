// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hgwire manifest}: checks manifests of clone bundles. */
@Command(
    name = "manifest",
    description = "Check manifests of clone bundles.",
    mixinStandardHelpOptions = true,
    subcommands = {ManifestLintCommand.class, ManifestSelectCommand.class})
final class ManifestCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "lint or select is missing");
  }
}
