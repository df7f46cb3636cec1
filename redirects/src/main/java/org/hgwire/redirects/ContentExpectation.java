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
 * What content has to be: the properties that it is checked against.
 *
 * @param size its size in bytes, if known
 * @param maxBytes how long it may be if the size is not known
 * @param hashes hashes of the whole content by known algorithms, each of the right length
 * @param seed what is fed to the hashers first; may be empty
 * @param segments hashes of segments that can be used: by a collision-resistant algorithm, as many
 *     as the size has segments, each of the right length; or null
 */
public record ContentExpectation(
    OptionalLong size,
    long maxBytes,
    Map<HashAlgorithm, ByteString> hashes,
    ByteString seed,
    @Nullable SegmentHashes segments) {
  /**
   * Hashes of more segments are not used: 64 GiB of content in segments of 1 MiB. It is not a
   * WireLimit because it ends no exchange; without the hashes, the whole content is verified at its
   * end.
   */
  public static final int MAX_SEGMENTS = 65_536;

  /** Copies the map; refuses segments without a size, or with hashes of an unknown kind. */
  public ContentExpectation {
    hashes = Map.copyOf(hashes);
    if (segments != null
        && (size.isEmpty()
            || HashAlgorithm.find(segments.algorithm()) == null
            || segments.hashes().size() != count(size.getAsLong(), segments))) {
      throw new IllegalArgumentException("these hashes of segments cannot be used");
    }
  }

  /**
   * Reads what a location says about its content.
   *
   * <p>Every hash by a known algorithm has to match. If there are hashes, one has to be by a
   * collision-resistant algorithm, or by SHA-1 if the user allows that. There may be none only if
   * TLS protects both the content and its location; otherwise a collision-resistant one is
   * required, whatever the user allows.
   *
   * <p>Segment hashes do not replace these, and the seed does not apply to them. They are ignored
   * if the algorithm is unknown or not collision-resistant, if there are more than {@value
   * #MAX_SEGMENTS}, or if the size is not given. Otherwise hashes of the wrong length, and more or
   * fewer hashes than the size has segments, are a fault.
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
              "the location has two different "
                  + hash.name()
                  + " hashes; report this to the server's"
                  + " administrator");
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
          "the content or its location came over http, so a sha256 or sha512 hash is required, and"
              + " the location has none");
    }
    if (hashes.isEmpty()) {
      throw unusable("the location has only hashes by unknown algorithms");
    }
    if (!policy.allowSha1()) {
      throw unusable(
          "the location has only a SHA-1 hash, which is not accepted unless SHA-1 is allowed");
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
          "the location has " + segments.hashes().size() + " hashes for " + count + " segments");
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
          "a hash in the location has "
              + hash.length()
              + " bytes, but a hash by "
              + algorithm.wireName()
              + " has "
              + algorithm.size());
    }
  }

  private static RedirectException unusable(String message) {
    return new RedirectException(RedirectFault.NO_USABLE_HASH, message);
  }
}
