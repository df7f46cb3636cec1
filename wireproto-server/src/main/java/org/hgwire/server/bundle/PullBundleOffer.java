// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.bundle.BundleCompression;

/**
 * Lets a client get stored bundles: one that pulls again after a response that has only a part of
 * what it asked for.
 *
 * @param bundles the checks of the server
 * @param compressions what the client reads
 * @param faults is told why a bundle cannot be sent; the response is another one, or made
 */
public record PullBundleOffer(
    PullBundles bundles, Set<BundleCompression> compressions, Consumer<IOException> faults) {
  /** Copies the set. */
  public PullBundleOffer {
    compressions = ComparableKeys.setOf(compressions);
  }
}
