// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/**
 * Deltas between texts: fragments of {@code start, end, length} (32 bits each, big endian) and
 * {@code length} bytes, which replace the bytes from start to end of the base; ordered and without
 * overlap (changegroups, Delta Groups).
 */
public final class Delta {
  private Delta() {}

  /**
   * Returns the text that {@code delta} makes of {@code base}: a new buffer that belongs to the
   * caller. The positions of the arguments do not move. Holds base, delta and result in memory.
   *
   * @param maxLength how many bytes the text may have
   * @throws WireProtocolException with code BAD_RESPONSE if the delta is malformed or not against
   *     this base, with code LIMIT if the text is longer than {@code maxLength}
   */
  public static ByteBuffer apply(ByteBuffer base, ByteBuffer delta, int maxLength) {
    long length = resultLength(delta, base.remaining());
    if (length > maxLength) {
      throw WireProtocolException.request(
          WireErrorCode.LIMIT,
          "a delta makes a text of " + length + " bytes, more than the limit of " + maxLength);
    }
    ByteBuffer source = base.slice();
    ByteBuffer text = ByteBuffer.allocate((int) length);
    int copied = 0;
    DeltaFragments fragments = new DeltaFragments(delta, source.limit());
    while (fragments.next()) {
      text.put(source.slice(copied, fragments.start() - copied));
      text.put(fragments.content());
      copied = fragments.end();
    }
    return text.put(source.slice(copied, source.limit() - copied)).flip();
  }

  /**
   * Returns the length in bytes of the text that {@code delta} makes of a base of {@code
   * baseLength} bytes.
   *
   * @throws WireProtocolException with code BAD_RESPONSE if the delta is malformed or not against
   *     such a base
   */
  public static long resultLength(ByteBuffer delta, long baseLength) {
    long length = baseLength;
    DeltaFragments fragments = new DeltaFragments(delta, baseLength);
    while (fragments.next()) {
      length += fragments.content().remaining() - (fragments.end() - fragments.start());
    }
    return length;
  }

  /**
   * Returns a delta that makes {@code text} of {@code base}. It replaces lines, and is small when
   * most lines of both occur once, as in manifests and most files. Takes time proportional to the
   * lengths, and log n to the number of lines in both.
   */
  public static ByteString between(ByteBuffer base, ByteBuffer text) {
    return new LineDelta(base.slice(), text.slice(), false).encode();
  }

  /**
   * Returns a delta that makes {@code text} of {@code base} and replaces whole lines by whole
   * lines. The delta of a manifest has to be such: Mercurial takes what it inserts for entries.
   */
  public static ByteString betweenLines(ByteString base, ByteString text) {
    return new LineDelta(base.asByteBuffer(), text.asByteBuffer(), true).encode();
  }

  /** Returns a delta that makes {@code text} of {@code base}. */
  public static ByteString between(ByteString base, ByteString text) {
    return between(base.asByteBuffer(), text.asByteBuffer());
  }
}
