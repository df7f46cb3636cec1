// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

/**
 * What a pull did.
 *
 * @param changesets changesets that the sink got, also from clone bundles
 * @param manifests manifests that the sink got, also from clone bundles
 * @param fileRevisions file revisions that the sink got, also from clone bundles
 * @param bytesVerified the bytes of all their texts
 * @param cloneBundles what of it came from clone bundles, and which could not be used
 */
public record PullSummary(
    long changesets,
    long manifests,
    long fileRevisions,
    long bytesVerified,
    CloneBundleReport cloneBundles) {
  /** Makes the summary of a pull without clone bundles. */
  public PullSummary(long changesets, long manifests, long fileRevisions, long bytesVerified) {
    this(changesets, manifests, fileRevisions, bytesVerified, CloneBundleReport.NONE);
  }

  /** Returns this summary with what was done with clone bundles. */
  PullSummary withCloneBundles(CloneBundleReport report) {
    return new PullSummary(changesets, manifests, fileRevisions, bytesVerified, report);
  }
}
