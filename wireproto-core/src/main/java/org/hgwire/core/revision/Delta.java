// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/**
 * Deltas between texts: fragments of {@code start, end, length} (32 bits each, big endian) and
 * {@code length} bytes, which replace the bytes from start to end of the base; sorted and without
 * overlap (changegroups, Delta Groups).
 */
public final class Delta {
  private Delta() {}

  /**
   * Applies {@code delta} to {@code base} and returns the text in a new buffer that belongs to the
   * caller. The positions of the arguments do not move.
   *
   * @param maxLength the maximum length of the text in bytes
   * @throws WireProtocolException with code BAD_RESPONSE if the delta is malformed or not against
   *     this base, with code LIMIT if the text is longer than {@code maxLength}
   */
  public static ByteBuffer apply(ByteBuffer base, ByteBuffer delta, int maxLength) {
    long length = resultLength(delta, base.remaining());
    if (length > maxLength) {
      throw WireProtocolException.request(
          WireErrorCode.LIMIT,
          "a delta produces a text of " + length + " bytes, more than the limit of " + maxLength);
    }
    byte[] text = new byte[(int) length];
    int first = base.position();
    int made = 0;
    int copied = 0;
    DeltaFragments fragments = new DeltaFragments(delta, base.remaining());
    while (fragments.next()) {
      base.get(first + copied, text, made, fragments.start() - copied);
      made += fragments.start() - copied;
      fragments.copyContent(text, made);
      made += fragments.contentLength();
      copied = fragments.end();
    }
    base.get(first + copied, text, made, base.remaining() - copied);
    return ByteBuffer.wrap(text);
  }

  /**
   * Returns the length in bytes of the text that {@code delta} produces from a base of {@code
   * baseLength} bytes.
   *
   * @throws WireProtocolException with code BAD_RESPONSE if the delta is malformed or not against
   *     such a base
   */
  public static long resultLength(ByteBuffer delta, long baseLength) {
    long length = baseLength;
    DeltaFragments fragments = new DeltaFragments(delta, baseLength);
    while (fragments.next()) {
      length += fragments.contentLength() - (fragments.end() - fragments.start());
    }
    return length;
  }

  /**
   * Returns a delta from {@code base} to {@code text}. It replaces lines and is small if most lines
   * of both occur once, as in manifests and most files. The time is proportional to the lengths,
   * and n log n in the number of lines that differ, whatever the lines are. If more than 262,144
   * lines differ in one of the texts, they are replaced at once.
   */
  public static ByteString between(ByteBuffer base, ByteBuffer text) {
    return new LineDelta(base.slice(), text.slice(), false).encode();
  }

  /**
   * Returns a delta from {@code base} to {@code text} that replaces whole lines with whole lines. A
   * delta of manifests must be like this, because Mercurial parses what it inserts as entries.
   */
  public static ByteString betweenLines(ByteBuffer base, ByteBuffer text) {
    return new LineDelta(base.slice(), text.slice(), true).encode();
  }

  /** Like {@link #betweenLines(ByteBuffer, ByteBuffer)}. */
  public static ByteString betweenLines(ByteString base, ByteString text) {
    return betweenLines(base.asByteBuffer(), text.asByteBuffer());
  }

  /** Returns a delta from {@code base} to {@code text}. */
  public static ByteString between(ByteString base, ByteString text) {
    return between(base.asByteBuffer(), text.asByteBuffer());
  }
}
