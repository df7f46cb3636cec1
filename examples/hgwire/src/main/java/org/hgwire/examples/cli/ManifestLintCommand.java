// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestFinding;
import org.hgwire.redirects.clonebundles.ManifestFinding.Severity;
import org.hgwire.redirects.clonebundles.ManifestLint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hgwire manifest lint}: prints what is wrong in a manifest of clone bundles. */
@Command(
    name = "lint",
    description =
        "Print what is wrong in a manifest of clone bundles, with line numbers. Exits with 1 if an"
            + " entry cannot be read.",
    mixinStandardHelpOptions = true)
final class ManifestLintCommand implements Callable<Integer> {
  @Mixin private InputFile input;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ByteString text;
    try (InputStream in = input.open()) {
      text = ByteString.copyOf(in.readNBytes(CloneBundleManifest.MAX_BYTES + 1));
    }
    List<ManifestFinding> findings = ManifestLint.of(text);
    PrintWriter out = spec.commandLine().getOut();
    for (ManifestFinding finding : findings) {
      out.println(print(finding));
    }
    out.flush();
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR) ? 1 : 0;
  }

  /** Returns a finding as one line. */
  static String print(ManifestFinding finding) {
    return "line "
        + finding.line()
        + ": "
        + finding.severity().name().toLowerCase(Locale.ROOT)
        + ": "
        + finding.message();
  }
}
