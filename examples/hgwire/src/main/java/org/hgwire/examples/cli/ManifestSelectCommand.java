// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.BundlePreference;
import org.hgwire.redirects.clonebundles.BundleSelection;
import org.hgwire.redirects.clonebundles.ClientAbilities;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestFinding;
import org.hgwire.redirects.clonebundles.RejectedEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire manifest select}: which clone bundles this client would take, and why. */
@Command(
    name = "select",
    description =
        "Says which clone bundles this client would take, the first one first, and why not the"
            + " others.",
    mixinStandardHelpOptions = true)
final class ManifestSelectCommand implements Callable<Integer> {
  private static final ClientAbilities ABILITIES =
      new ClientAbilities(true, Runtime.getRuntime().maxMemory(), false, null);

  @Parameters(index = "0", paramLabel = "FILE", description = "A file with a manifest.")
  private String source = "";

  @Option(
      names = "--prefer",
      paramLabel = "KEY=VALUE",
      description =
          "Prefer bundles with this attribute, as VERSION=v2; may be repeated, the most important"
              + " first.")
  private List<String> preferred = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<BundlePreference> preferences = new ArrayList<>();
    for (String preference : preferred) {
      preferences.add(BundlePreference.parse(preference));
    }
    CloneBundleManifest manifest = read(Path.of(source));
    BundleSelection selection = BundleSelection.of(manifest.entries(), ABILITIES, preferences);
    PrintWriter out = spec.commandLine().getOut();
    for (CloneBundleEntry entry : selection.chosen()) {
      out.println("take: " + print(entry));
    }
    for (RejectedEntry rejected : selection.rejected()) {
      out.println("pass over: " + print(rejected.entry()) + ": " + rejected.message());
    }
    for (ManifestFinding finding : manifest.findings()) {
      out.println(ManifestLintCommand.print(finding));
    }
    out.flush();
    return selection.chosen().isEmpty() ? 1 : 0;
  }

  private static CloneBundleManifest read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CloneBundleManifest.parse(
          ByteString.copyOf(in.readNBytes(CloneBundleManifest.MOST_BYTES + 1)));
    }
  }

  private static String print(CloneBundleEntry entry) {
    String spec = entry.attribute(CloneBundleEntry.BUNDLESPEC);
    return "line " + entry.line() + ": " + entry.url() + (spec == null ? "" : " (" + spec + ")");
  }
}
