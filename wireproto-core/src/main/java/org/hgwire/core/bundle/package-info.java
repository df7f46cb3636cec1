// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles and changegroups: HG10 and HG20, changegroups 01 to 03, read and written ({@code hg help
 * internals.bundles}, {@code internals.bundle2}, {@code internals.changegroups}).
 *
 * <p>Reading: {@link org.hgwire.core.bundle.BundleDecoder} takes a bundle in pieces of any size and
 * gives {@link org.hgwire.core.bundle.BundleEvent}s, one at a time; {@link
 * org.hgwire.core.bundle.ChangegroupDecoder} does the same for a changegroup that comes without a
 * bundle around it. Writing: {@link org.hgwire.core.bundle.BundleEncoder} gives bytes to a consumer
 * of its caller.
 *
 * <p>Decompression. The decoders are pushed, as all decoders of the core are. What the core can
 * decompress that way, zlib and zstd, {@link org.hgwire.core.bundle.BundleDecoder} does by itself.
 * For bzip2 there is only a library that pulls its input from a stream, and so waits for it; it
 * belongs to whoever does I/O. Such a caller takes the rest of the bundle over when the header was
 * read, with {@link org.hgwire.core.bundle.BundleDecoder#detachBody()}, and feeds what it
 * decompresses. Streaming clone bundles (HGS1, the part {@code stream2}) hold a store, not history:
 * they are refused.
 *
 * <p>Not judged here: whether nodes, bases and texts fit together. Nothing of what is read may be
 * used before {@link org.hgwire.core.revision.NodeHasher} has confirmed its node. That shows what
 * was changed, not what is missing: whether there is every revision that a manifest names is for
 * the reader to find out, too.
 */
@NullMarked
package org.hgwire.core.bundle;

import org.jspecify.annotations.NullMarked;
