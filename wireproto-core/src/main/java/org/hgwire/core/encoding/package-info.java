// SPDX-License-Identifier: Apache-2.0
/**
 * Content encodings ({@code hg help internals.wireprotocolrpc}, Content Encoding Profiles).
 *
 * <p>Begin with {@link org.hgwire.core.encoding.ContentEncoding}, of which identity, zlib and
 * zstd-8mb are here and others can be written, and {@link
 * org.hgwire.core.encoding.ContentEncodings}, a list of them in order of preference. A {@link
 * org.hgwire.core.encoding.ContentEncoder} or {@link org.hgwire.core.encoding.ContentDecoder} is
 * the context of one stream; {@code SliceDecoder} is what decoders with a buffer share.
 */
@NullMarked
package org.hgwire.core.encoding;

import org.jspecify.annotations.NullMarked;
