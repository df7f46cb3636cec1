// SPDX-License-Identifier: Apache-2.0
/**
 * Content encodings ({@code hg help internals.wireprotocolrpc}, Content Encoding Profiles).
 *
 * <p>Begin with {@link org.hgwire.core.encoding.ContentEncoding}, which is implemented here for
 * identity, zlib and zstd-8mb and can be for others, and {@link
 * org.hgwire.core.encoding.ContentEncodings}, a list of them in order of preference. {@link
 * org.hgwire.core.encoding.ZstdLibrary} says whether zstd can be used on this machine. A {@link
 * org.hgwire.core.encoding.ContentEncoder} or {@link org.hgwire.core.encoding.ContentDecoder} has
 * the context of one stream; {@code SliceDecoder} is the base of decoders with an output buffer.
 */
@NullMarked
package org.hgwire.core.encoding;

import org.jspecify.annotations.NullMarked;
