// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.HashAlgorithm;

/**
 * Computes the description of content while it is written. Keeps one hash per segment. Not safe for
 * use by several threads.
 */
public final class ContentHasher {
  private final ByteString mediaType;
  private final long segmentSize;
  private final MessageDigest sha256 = HashAlgorithm.SHA256.newDigest();
  private final MessageDigest sha1 = HashAlgorithm.SHA1.newDigest();
  private final MessageDigest segment = HashAlgorithm.SHA256.newDigest();
  private final List<ByteString> segments = new ArrayList<>();
  private long size;

  /**
   * Creates a hasher.
   *
   * @param mediaType the media type of the content
   * @param segmentSize how many bytes a segment has, at least 1
   */
  public ContentHasher(ByteString mediaType, long segmentSize) {
    if (segmentSize < 1) {
      throw new IllegalArgumentException("a segment has at least one byte, not " + segmentSize);
    }
    this.mediaType = mediaType;
    this.segmentSize = segmentSize;
  }

  /** Adds the next bytes; the position of the buffer does not change. */
  public void update(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
    sha1.update(bytes.duplicate());
    ByteBuffer left = bytes.duplicate();
    while (left.hasRemaining()) {
      int take = (int) Math.min(left.remaining(), segmentSize - size % segmentSize);
      segment.update(left.slice(left.position(), take));
      left.position(left.position() + take);
      size += take;
      if (size % segmentSize == 0) {
        segments.add(ByteString.copyOf(segment.digest()));
      }
    }
  }

  /** Returns how many bytes were added. */
  public long size() {
    return size;
  }

  /** Returns the description, at the end of the content. May be called once. */
  public ContentDescription describe() {
    if (size % segmentSize != 0) {
      segments.add(ByteString.copyOf(segment.digest()));
    }
    return new ContentDescription(
        mediaType,
        size,
        ByteString.copyOf(sha256.digest()),
        ByteString.copyOf(sha1.digest()),
        new SegmentHashes(HashAlgorithm.SHA256.wireName(), segmentSize, segments));
  }
}
