// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.redirects.clonebundles.ManifestFinding.Severity;

/** Collects the problems of a manifest, up to a bound. */
final class Findings {
  private final List<ManifestFinding> found = new ArrayList<>();

  void error(int line, String message) {
    add(new ManifestFinding(line, Severity.ERROR, message));
  }

  void warning(int line, String message) {
    add(new ManifestFinding(line, Severity.WARNING, message));
  }

  void add(ManifestFinding finding) {
    if (found.size() < CloneBundleManifest.MAX_FINDINGS - 1) {
      found.add(finding);
    } else if (found.size() == CloneBundleManifest.MAX_FINDINGS - 1) {
      found.add(
          new ManifestFinding(
              finding.line(),
              Severity.WARNING,
              "there are too many problems: later ones are not reported"));
    }
  }

  List<ManifestFinding> all() {
    return found;
  }
}
