// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;

/**
 * What is known of a bundle, and what a client must be able to read.
 *
 * @param usable whether it can be sent at all
 * @param compression how it is compressed
 * @param changegroup the version of its changegroup
 */
record CheckedBundle(
    boolean usable, BundleCompression compression, ChangegroupVersion changegroup) {
  /** A bundle that cannot be sent, or not yet. */
  static final CheckedBundle UNUSABLE =
      new CheckedBundle(false, BundleCompression.NONE, ChangegroupVersion.V01);
}
