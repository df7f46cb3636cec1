// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * What a bundle has, in this order. Formats without parts have the changegroup only.
 *
 * @param changegroup the changesets that the client lacks, with their manifests and files
 * @param bookmarks all bookmarks that may be served
 * @param namespaces the pushkey namespaces whose keys are listed, in this order
 * @param phases the phases of the requested heads and their ancestors
 */
public record BundleParts(
    boolean changegroup, boolean bookmarks, List<ByteString> namespaces, boolean phases) {
  /** Copies the list. */
  public BundleParts {
    namespaces = List.copyOf(namespaces);
  }

  /** Returns the parts of a bundle that has changesets only. */
  public static BundleParts changegroupOnly() {
    return new BundleParts(true, false, List.of(), false);
  }
}
