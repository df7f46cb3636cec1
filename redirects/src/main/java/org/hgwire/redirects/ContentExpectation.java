// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;

/**
 * What a content must be.
 *
 * @param size its size in bytes, if known
 * @param maxBytes how long it may be at most where the size is not known
 * @param hashes hashes of all of it, of algorithms known here, each of the right length
 * @param seed what is fed to the hashers first; empty if nothing is
 * @param segments hashes of segments that were checked for use: a collision resistant algorithm,
 *     lengths and number that fit the size; or null
 */
public record ContentExpectation(
    OptionalLong size,
    long maxBytes,
    Map<HashAlgorithm, ByteString> hashes,
    ByteString seed,
    @Nullable SegmentHashes segments) {
  /** Of more segments the hashes are not used; with those of 1 MiB that is 64 GiB. */
  public static final int MAX_SEGMENTS = 65_536;

  /** Copies the map; segments without a size, or with hashes of an unknown kind, are refused. */
  public ContentExpectation {
    hashes = Map.copyOf(hashes);
    if (segments != null
        && (size.isEmpty()
            || HashAlgorithm.find(segments.algorithm()) == null
            || segments.hashes().size() != count(size.getAsLong(), segments))) {
      throw new IllegalArgumentException("the hashes of segments were not checked for use");
    }
  }

  /**
   * Reads what a location says of its content.
   *
   * <p>Every hash of an algorithm known here will have to match. If some are given, one has to be
   * collision resistant, or SHA-1 where the user allows it. None may be given only if TLS protects
   * both the content and what was said of it; otherwise a collision resistant one is asked for,
   * whatever the user allows.
   *
   * <p>Segment hashes are no replacement for these, and the seed does not apply to them. They are
   * passed over if the algorithm is unknown or not collision resistant, if there are more than
   * {@value #MAX_SEGMENTS}, or if the size is not given; with a known one, hashes of another
   * length, or more or fewer of them than the size has segments, are a fault.
   *
   * @param secure whether TLS protects both
   * @throws RedirectException with {@link RedirectFault#NO_USABLE_HASH} or {@link
   *     RedirectFault#HASH_LENGTH}
   */
  static ContentExpectation of(ContentLocation location, boolean secure, RedirectPolicy policy)
      throws RedirectException {
    Map<HashAlgorithm, ByteString> hashes = new EnumMap<>(HashAlgorithm.class);
    for (ContentHash hash : location.fullHashes()) {
      HashAlgorithm algorithm = HashAlgorithm.find(hash.name());
      if (algorithm != null) {
        requireLength(algorithm, hash.value());
        ByteString other = hashes.put(algorithm, hash.value());
        if (other != null && !other.equals(hash.value())) {
          throw new RedirectException(
              RedirectFault.HASH,
              "two " + hash.name() + " hashes are given, and no content has both");
        }
      }
    }
    requireProof(location, hashes, secure, policy);
    ByteString seed = location.fullHashSeed();
    return new ContentExpectation(
        location.size(),
        policy.maxBytes(),
        hashes,
        seed == null ? ByteString.empty() : seed,
        usable(location.segmentHashes(), location.size()));
  }

  private static void requireProof(
      ContentLocation location,
      Map<HashAlgorithm, ByteString> hashes,
      boolean secure,
      RedirectPolicy policy)
      throws RedirectException {
    boolean proven = hashes.keySet().stream().anyMatch(HashAlgorithm::isCollisionResistant);
    if (proven || (secure && location.fullHashes().isEmpty())) {
      return;
    }
    if (!secure) {
      throw unusable(
          "the content or its location came over http, and no hash is given that proves it");
    }
    if (hashes.isEmpty()) {
      throw unusable("only hashes of unknown kinds are given");
    }
    if (!policy.allowSha1()) {
      throw unusable("only a SHA-1 hash is given, which proves nothing unless its user allows it");
    }
  }

  private static @Nullable SegmentHashes usable(@Nullable SegmentHashes segments, OptionalLong size)
      throws RedirectException {
    if (segments == null || size.isEmpty() || segments.hashes().size() > MAX_SEGMENTS) {
      return null;
    }
    HashAlgorithm algorithm = HashAlgorithm.find(segments.algorithm());
    if (algorithm == null || !algorithm.isCollisionResistant()) {
      return null;
    }
    long count = count(size.getAsLong(), segments);
    if (count != segments.hashes().size()) {
      throw unusable(
          segments.hashes().size() + " hashes of segments are given for " + count + " segments");
    }
    for (ByteString hash : segments.hashes()) {
      requireLength(algorithm, hash);
    }
    return segments;
  }

  private static long count(long size, SegmentHashes segments) {
    return size / segments.segmentSize() + (size % segments.segmentSize() == 0 ? 0 : 1);
  }

  private static void requireLength(HashAlgorithm algorithm, ByteString hash)
      throws RedirectException {
    if (hash.length() != algorithm.size()) {
      throw new RedirectException(
          RedirectFault.HASH_LENGTH,
          "a hash is "
              + hash.length()
              + " bytes long, but one of "
              + algorithm.wireName()
              + " has "
              + algorithm.size());
    }
  }

  private static RedirectException unusable(String message) {
    return new RedirectException(RedirectFault.NO_USABLE_HASH, message);
  }
}
