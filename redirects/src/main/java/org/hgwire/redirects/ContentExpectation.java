// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.util.Map;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;

/**
 * What a content must be.
 *
 * @param size its size in bytes, if known
 * @param mostBytes how long it may be at most where the size is not known
 * @param hashes hashes of all of it, of algorithms known here, each of the right length
 * @param seed what is fed to the hashers first; empty if nothing is
 * @param segments hashes of segments that were checked for use: a collision resistant algorithm,
 *     lengths and number that fit the size; or null
 */
public record ContentExpectation(
    OptionalLong size,
    long mostBytes,
    Map<HashAlgorithm, ByteString> hashes,
    ByteString seed,
    @Nullable SegmentHashes segments) {
  /** Copies the map. */
  public ContentExpectation {
    hashes = Map.copyOf(hashes);
  }
}
