// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;

/**
 * What a client must be able to read for a bundle that was checked.
 *
 * @param compression how it is compressed
 * @param changegroup the version of its changegroup
 */
record CheckedBundle(BundleCompression compression, ChangegroupVersion changegroup) {}
