// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The digests of content by all algorithms that it has hashes of, computed in one pass. */
final class ContentDigests {
  private final Map<HashAlgorithm, MessageDigest> digests;

  private ContentDigests(Map<HashAlgorithm, MessageDigest> digests) {
    this.digests = digests;
  }

  /** Returns digests to which the seed was fed. */
  static ContentDigests seeded(Map<HashAlgorithm, ByteString> hashes, ByteString seed) {
    Map<HashAlgorithm, MessageDigest> digests = new EnumMap<>(HashAlgorithm.class);
    for (HashAlgorithm algorithm : hashes.keySet()) {
      MessageDigest digest = algorithm.newDigest();
      // "seed value to feed into hasher for full content hash verification" (fullhashseed)
      digest.update(seed.asByteBuffer());
      digests.put(algorithm, digest);
    }
    return new ContentDigests(digests);
  }

  /** Returns a copy of the current state. */
  ContentDigests copy() {
    Map<HashAlgorithm, MessageDigest> copies = new EnumMap<>(HashAlgorithm.class);
    try {
      for (Map.Entry<HashAlgorithm, MessageDigest> entry : digests.entrySet()) {
        copies.put(entry.getKey(), (MessageDigest) entry.getValue().clone());
      }
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests cannot be copied", e);
    }
    return new ContentDigests(copies);
  }

  /** Adds the bytes; the position of the buffer does not change. */
  void update(ByteBuffer bytes) {
    for (MessageDigest digest : digests.values()) {
      digest.update(bytes.duplicate());
    }
  }

  /** Completes the digests; returns the algorithm whose hash is not the expected one, or null. */
  @Nullable HashAlgorithm mismatch(Map<HashAlgorithm, ByteString> expected) {
    for (Map.Entry<HashAlgorithm, MessageDigest> entry : digests.entrySet()) {
      ByteString hash = expected.get(entry.getKey());
      if (hash == null || !MessageDigest.isEqual(entry.getValue().digest(), hash.toByteArray())) {
        return entry.getKey();
      }
    }
    return null;
  }
}
