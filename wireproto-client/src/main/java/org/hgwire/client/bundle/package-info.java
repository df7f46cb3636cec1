// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles as a sequence of revisions, read from any source of bytes.
 *
 * <p>Begin with {@link org.hgwire.client.bundle.BundleReader} over {@link
 * org.hgwire.client.bundle.BundleBytes}; it returns a {@link
 * org.hgwire.client.bundle.BundleRevision} at a time, a delta that nobody has applied or verified.
 * To apply and verify a bundle, use {@link org.hgwire.client.pull.BundleApplier}.
 *
 * <p>The decoder of {@link org.hgwire.core.bundle} does the work; this package waits for the bytes,
 * and decompresses bzip2, which needs an optional library ({@link
 * org.hgwire.client.bundle.BundleReader#readsBzip2}).
 */
@NullMarked
package org.hgwire.client.bundle;

import org.jspecify.annotations.NullMarked;
