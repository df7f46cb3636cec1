// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;

/**
 * What a bundle has, in this order. Formats without parts have the changegroup only.
 *
 * @param changegroup the changesets that the client lacks, with their manifests and files
 * @param bookmarks all bookmarks that may be served
 * @param namespaces the pushkey namespaces whose keys are listed, in this order
 * @param markerVersions the versions of obsolescence markers that the receiver reads; markers that
 *     are relevant to the requested heads and their ancestors are sent if they are stored in one of
 *     them
 * @param phases the phases of the requested heads and their ancestors
 */
public record BundleParts(
    boolean changegroup,
    boolean bookmarks,
    List<ByteString> namespaces,
    Set<Integer> markerVersions,
    boolean phases) {
  /** Copies the collections. */
  public BundleParts {
    namespaces = List.copyOf(namespaces);
    markerVersions = ComparableKeys.setOf(markerVersions);
  }

  /** Returns the parts of a bundle that has changesets only. */
  public static BundleParts changegroupOnly() {
    return new BundleParts(true, false, List.of(), Set.of(), false);
  }
}
