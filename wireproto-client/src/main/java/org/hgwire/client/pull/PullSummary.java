// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

/**
 * What a pull did.
 *
 * @param changesets changesets that the sink got
 * @param manifests manifests that the sink got
 * @param fileRevisions file revisions that the sink got
 * @param bytesVerified the bytes of all their texts
 */
public record PullSummary(
    long changesets, long manifests, long fileRevisions, long bytesVerified) {}
