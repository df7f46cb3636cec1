// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.util.List;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;

/**
 * What a {@link CloneBundlePublisher} did.
 *
 * @param cause why bundles were made, or were not
 * @param changesets how many changesets the repository has that bundles are made of
 * @param covered how many of them the bundles of the manifest cover now
 * @param published the entries that were added to the manifest
 * @param deleted how many older bundles were deleted
 */
public record PublicationReport(
    Cause cause, long changesets, long covered, List<CloneBundleEntry> published, int deleted) {
  /** Why bundles were made, or were not. */
  public enum Cause {
    /** They were not: there is no changeset. */
    EMPTY,
    /** They were not: those of the manifest cover enough. */
    CURRENT,
    /** The manifest listed none. */
    FIRST,
    /** Those of the manifest covered too little, or were of other types. */
    OUTDATED,
    /** Those of the manifest had changesets that are not served any more. */
    WITHDRAWN
  }

  /** Copies the list. */
  public PublicationReport {
    published = List.copyOf(published);
  }
}
