// SPDX-License-Identifier: Apache-2.0
/**
 * Content encodings ({@code wireprotocolrpc}, Content Encoding Profiles): identity, zlib, zstd-8mb,
 * and the interface for more.
 */
@NullMarked
package org.hgwire.core.encoding;

import org.jspecify.annotations.NullMarked;
