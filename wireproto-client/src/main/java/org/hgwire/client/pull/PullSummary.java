// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

/**
 * The result of a pull.
 *
 * @param changesets changesets that the sink got, including those from clone bundles
 * @param manifests manifests that the sink got, including those from clone bundles
 * @param fileRevisions file revisions that the sink got, including those from clone bundles
 * @param bytesVerified the total size of their texts in bytes
 * @param substitutes file revisions among them whose text was censored or is stored elsewhere
 * @param cloneBundles what came from clone bundles, and which of them could not be used
 * @param part which part of the repository was pulled, and how far that was verified
 */
public record PullSummary(
    long changesets,
    long manifests,
    long fileRevisions,
    long bytesVerified,
    SubstituteReport substitutes,
    CloneBundleReport cloneBundles,
    PartReport part) {
  /** Makes the summary of a whole pull without clone bundles in which every text was there. */
  public PullSummary(long changesets, long manifests, long fileRevisions, long bytesVerified) {
    this(
        changesets,
        manifests,
        fileRevisions,
        bytesVerified,
        SubstituteReport.NONE,
        CloneBundleReport.NONE,
        PartReport.WHOLE);
  }

  /** Returns this summary with a report of clone bundles. */
  PullSummary withCloneBundles(CloneBundleReport report) {
    return new PullSummary(
        changesets, manifests, fileRevisions, bytesVerified, substitutes, report, part);
  }

  /** Returns this summary with a report of what was pulled. */
  PullSummary withPart(PartReport report) {
    return new PullSummary(
        changesets, manifests, fileRevisions, bytesVerified, substitutes, cloneBundles, report);
  }
}
