// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * Hashes of consecutive segments of content, so that each segment can be used when it has been
 * verified (docs/protocol-extensions.md, Segment hashes). The protocol's text leaves this open as
 * "hash for each 1MB segment so client can iteratively validate data without having to consume all
 * of it first".
 *
 * <p>Every segment except the last has {@link #segmentSize()} bytes; the last may have fewer.
 *
 * @param algorithm the algorithm, such as {@code sha256}
 * @param segmentSize the size of a segment in bytes, positive
 * @param hashes the raw hash of each segment, in order, without a seed
 */
public record SegmentHashes(ByteString algorithm, long segmentSize, List<ByteString> hashes) {
  /** The key in the map of a location; clients that do not know it ignore it. */
  public static final String KEY = "hgwire-segmenthashes";

  /** Checks the size and copies the list. */
  public SegmentHashes {
    if (segmentSize < 1) {
      throw new IllegalArgumentException("a segment has at least one byte, not " + segmentSize);
    }
    hashes = List.copyOf(hashes);
  }

  /** Reads the hashes from their map; unknown keys are ignored. */
  static SegmentHashes read(CborValue value, MapReader location) {
    MapReader fields = ValueReader.response("segment hashes").fields(value);
    long size = fields.unsigned("size");
    if (size == 0) {
      throw location.fault("a segment of " + KEY + " has no bytes");
    }
    return new SegmentHashes(fields.bytes("algorithm"), size, fields.byteStrings("hashes"));
  }

  /** Returns the map. */
  CborMap toCbor() {
    return CborMap.builder()
        .put("algorithm", algorithm)
        .put("size", segmentSize)
        .put("hashes", CborArray.ofByteStrings(hashes))
        .build();
  }
}
