// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles and changegroups: HG10 and HG20, changegroups 01 to 03, read and written ({@code hg help
 * internals.bundles}, {@code internals.bundle2}, {@code internals.changegroups}).
 *
 * <p>Reading: {@link org.hgwire.core.bundle.BundleDecoder} accepts a bundle in pieces of any size
 * and returns {@link org.hgwire.core.bundle.BundleEvent}s, one at a time; {@link
 * org.hgwire.core.bundle.ChangegroupDecoder} does the same for a changegroup without a bundle
 * around it. Writing: {@link org.hgwire.core.bundle.BundleEncoder} passes bytes to a consumer.
 *
 * <p>Decompression. Like all decoders of the core these are fed their input. {@link
 * org.hgwire.core.bundle.BundleDecoder} decompresses zlib and zstd, which work that way. For bzip2
 * there are only libraries that pull their input from a stream and so block; they belong to code
 * that does I/O. Such a caller detaches the body when the header was read, with {@link
 * org.hgwire.core.bundle.BundleDecoder#detachBody()}, and feeds what it decompresses. Streaming
 * clone bundles (HGS1, the part {@code stream2}) hold a store, not history, and are refused.
 *
 * <p>Not checked here: whether nodes, bases and texts match. Nothing that is read should be used
 * before {@link org.hgwire.core.revision.NodeHasher} has confirmed its node. That detects what was
 * changed, not what is missing: a caller must also check that every revision named by a manifest is
 * there.
 */
@NullMarked
package org.hgwire.core.bundle;

import org.jspecify.annotations.NullMarked;
