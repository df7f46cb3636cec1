// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;

/**
 * Holds a content against what was said of it, while it arrives. How it is cut into buffers makes
 * no difference: the first fault in the order of its bytes is found. After a fault {@link #rewind}
 * goes back to what is verified; nothing else may be called but the two counts. Not safe for use by
 * several threads.
 */
public final class ContentVerifier {
  private final ContentExpectation expectation;
  private final @Nullable SegmentHashes segments;

  /** Where the content has to end, or may at the latest. */
  private final long limit;

  private final @Nullable MessageDigest segmentDigest;

  /** Of all that was taken. */
  private ContentDigests digests;

  /** Of the first {@link #verified} bytes. */
  private ContentDigests digestsOfVerified;

  private long received;
  private long verified;
  private boolean faulty;
  private boolean complete;

  /** Makes a verifier. */
  public ContentVerifier(ContentExpectation expectation) {
    this.expectation = expectation;
    segments = expectation.segments();
    limit = expectation.size().orElse(expectation.maxBytes());
    digests = ContentDigests.seeded(expectation.hashes(), expectation.seed());
    digestsOfVerified = digests.copy();
    segmentDigest = segments == null ? null : digestOf(segments);
  }

  private static MessageDigest digestOf(SegmentHashes segments) {
    HashAlgorithm algorithm = HashAlgorithm.find(segments.algorithm());
    if (algorithm == null) {
      throw new IllegalArgumentException("segments have hashes of an unknown kind");
    }
    return algorithm.newDigest();
  }

  /**
   * Takes the next bytes; the buffer is read to its limit.
   *
   * @throws RedirectException if the content is too long, or a segment that is complete now has
   *     another hash; the bytes of that segment are not to be used
   * @throws IllegalStateException after a fault or the end
   */
  public void update(ByteBuffer bytes) throws RedirectException {
    requireOpen();
    ByteBuffer rest = bytes.duplicate();
    bytes.position(bytes.limit());
    int surplus = (int) Math.max(0, rest.remaining() - (limit - received));
    rest.limit(rest.limit() - surplus);
    while (rest.hasRemaining()) {
      take(rest);
    }
    if (surplus > 0) {
      throw fault(
          RedirectFault.TOO_LONG,
          expectation.size().isPresent()
              ? "the content has more than the " + limit + " bytes that were announced"
              : "the content, whose size was not announced, has more than " + limit + " bytes");
    }
  }

  /** Takes what belongs to one segment, or all. */
  private void take(ByteBuffer rest) throws RedirectException {
    ByteBuffer part = rest.duplicate();
    if (segments != null) {
      long missing = Math.min(verified + segments.segmentSize(), limit) - received;
      part.limit(part.position() + (int) Math.min(missing, part.remaining()));
    }
    rest.position(part.limit());
    received += part.remaining();
    digests.update(part);
    if (segments != null && segmentDigest != null) {
      segmentDigest.update(part);
      if (received == Math.min(verified + segments.segmentSize(), limit)) {
        endSegment(segments, segmentDigest);
      }
    }
  }

  private void endSegment(SegmentHashes segments, MessageDigest digest) throws RedirectException {
    int index = Math.toIntExact(verified / segments.segmentSize());
    ByteString expected = segments.hashes().get(index);
    if (!MessageDigest.isEqual(digest.digest(), expected.toByteArray())) {
      throw fault(
          RedirectFault.HASH,
          "segment "
              + index
              + " of the content, from byte "
              + verified
              + ", does not have its "
              + segments.algorithm()
              + " hash");
    }
    verified = received;
    digestsOfVerified = digests.copy();
  }

  /** Returns how many bytes were taken. */
  public long received() {
    return received;
  }

  /**
   * Returns how many bytes from the first on are verified and may be used: whole segments; without
   * segment hashes 0 until {@link #finish}.
   */
  public long verified() {
    return verified;
  }

  /**
   * Takes the end. When it returns, all that was taken is verified.
   *
   * @throws RedirectException if the content is too short or does not have its hashes
   * @throws IllegalStateException after a fault or the end
   */
  public void finish() throws RedirectException {
    requireOpen();
    if (expectation.size().isPresent() && received < limit) {
      throw fault(
          RedirectFault.TOO_SHORT,
          "the content ends after " + received + " of the " + limit + " bytes that were announced");
    }
    HashAlgorithm wrong = digests.mismatch(expectation.hashes());
    if (wrong != null) {
      throw fault(
          RedirectFault.HASH,
          "the content of " + received + " bytes does not have its " + wrong.wireName() + " hash");
    }
    complete = true;
    verified = received;
  }

  /**
   * Forgets what was taken after {@link #verified()}, so that only that is fetched again: with
   * segment hashes the last verified segment boundary, else the beginning.
   *
   * @return how many bytes are kept
   * @throws IllegalStateException after an end without fault
   */
  public long rewind() {
    if (complete) {
      throw new IllegalStateException("the content is complete");
    }
    faulty = false;
    received = verified;
    digests = digestsOfVerified.copy();
    if (segmentDigest != null) {
      segmentDigest.reset();
    }
    return verified;
  }

  private RedirectException fault(RedirectFault fault, String message) {
    faulty = true;
    return new RedirectException(fault, message);
  }

  private void requireOpen() {
    if (faulty || complete) {
      throw new IllegalStateException("the content is complete, or was found to be wrong");
    }
  }
}
