// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;

/**
 * What is known about a piece of content, whichever store has it. Its SHA-256 is its address.
 *
 * @param mediaType its media type
 * @param size its size in bytes
 * @param sha256 its SHA-256, 32 bytes
 * @param sha1 its SHA-1, 20 bytes, for clients that know no other algorithm
 * @param segments the hashes of its segments
 */
public record ContentDescription(
    ByteString mediaType, long size, ByteString sha256, ByteString sha1, SegmentHashes segments) {}
