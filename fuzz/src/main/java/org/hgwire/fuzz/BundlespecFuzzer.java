// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.charset.StandardCharsets;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.clonebundles.BundlespecException;

/** Bundlespecs. */
public final class BundlespecFuzzer {
  private BundlespecFuzzer() {}

  /** Parses {@code input}, and what it prints as. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> {
          Bundlespec spec;
          try {
            spec = Bundlespec.parse(new String(input, StandardCharsets.UTF_8));
          } catch (BundlespecException refused) {
            return;
          }
          Pieces.requireEqual(spec, Bundlespec.parse(spec.toString()));
        });
  }
}
