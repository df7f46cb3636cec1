// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import org.hgwire.redirects.clonebundles.BundlePreference;
import picocli.CommandLine.Option;

/** The option that says which clone bundles are preferred. */
final class BundlePreferenceOptions {
  @Option(
      names = "--prefer",
      paramLabel = "KEY=VALUE",
      description =
          "Prefer clone bundles with this attribute, such as VERSION=v2; may be repeated, most"
              + " important first.")
  private List<String> preferred = List.of();

  /** Returns the preferences, most important first. */
  List<BundlePreference> preferences() {
    return preferred.stream().map(BundlePreference::parse).toList();
  }
}
