// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;

/**
 * Checks content against what is expected of it while it arrives. The outcome does not depend on
 * how the content is cut into buffers: the first fault in the order of its bytes is reported. After
 * a fault only {@link #rewind}, which goes back to what is verified, and the two counts may be
 * called. Not safe for use by several threads.
 */
public final class ContentVerifier {
  private final ContentExpectation expectation;
  private final @Nullable SegmentHashes segments;

  /** Where the content has to end if its size is known, or has to have ended otherwise. */
  private final long limit;

  private final @Nullable MessageDigest segmentDigest;

  /** Of all bytes received. */
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
      throw new IllegalArgumentException("the segments have hashes by an unknown algorithm");
    }
    return algorithm.newDigest();
  }

  /**
   * Checks the next bytes, and advances the position of the buffer to its limit.
   *
   * @throws RedirectException if the content is too long, or the hash of a segment that is now
   *     complete is wrong; the bytes of that segment must not be used
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

  /** Takes the bytes up to the end of the segment, or all if there are no segments. */
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

  /** Returns how many bytes were received. */
  public long received() {
    return received;
  }

  /**
   * Returns how many bytes, from the first one, are verified and may be used: whole segments;
   * without segment hashes 0 until {@link #finish}.
   */
  public long verified() {
    return verified;
  }

  /**
   * Ends the content. When this returns, all bytes received are verified.
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
   * Forgets the bytes received after {@link #verified()}, so that they can be fetched again: goes
   * back to the end of the last verified segment, or to the beginning if there are no segments.
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
