// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestLint;

/** Clone bundle manifests, of which nothing is thrown, and their lint. */
public final class CloneBundleManifestFuzzer {
  private CloneBundleManifestFuzzer() {}

  /** Parses {@code input}, and what it prints as. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> {
          ByteString text = ByteString.copyOf(input);
          CloneBundleManifest manifest = CloneBundleManifest.parse(text);
          ManifestLint.of(text);
          CloneBundleManifest again = CloneBundleManifest.parse(manifest.print());
          Pieces.requireEqual(
              manifest.entries().stream().map(CloneBundleEntry::attributes).toList(),
              again.entries().stream().map(CloneBundleEntry::attributes).toList());
        });
  }
}
