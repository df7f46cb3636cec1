// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.List;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;
import org.jspecify.annotations.Nullable;

/**
 * What a pull did with clone bundles.
 *
 * @param applied the entry whose bundle was applied completely, or null if none was
 * @param changesets changesets that the sink got from bundles, including those that failed later
 * @param manifests the same for manifests
 * @param fileRevisions the same for file revisions
 * @param failures the bundles that were tried and failed, in order
 * @param rejected the entries that were not tried, with the reasons
 */
public record CloneBundleReport(
    @Nullable CloneBundleEntry applied,
    long changesets,
    long manifests,
    long fileRevisions,
    List<CloneBundleFailure> failures,
    List<RejectedEntry> rejected) {
  /** There were no clone bundles, or none were requested. */
  public static final CloneBundleReport NONE =
      new CloneBundleReport(null, 0, 0, 0, List.of(), List.of());

  /** Copies the lists. */
  public CloneBundleReport {
    failures = List.copyOf(failures);
    rejected = List.copyOf(rejected);
  }
}
