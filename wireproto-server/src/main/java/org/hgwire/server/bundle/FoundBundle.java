// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import org.jspecify.annotations.Nullable;

/**
 * What a search for a stored bundle found.
 *
 * @param bytes the bundle; null if one has to be made
 */
record FoundBundle(@Nullable PullBundleBytes bytes) {
  static final FoundBundle NONE = new FoundBundle(null);
}
