// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.nio.ByteBuffer;

/**
 * Holds a content against what was said of it, while it arrives. Not safe for use by several
 * threads.
 */
public final class ContentVerifier {
  /** Makes a verifier. */
  public ContentVerifier(ContentExpectation expectation) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes the next bytes; the buffer is read to its limit.
   *
   * @throws RedirectException if the content is too long, or a segment that is complete now has
   *     another hash; the bytes of that segment are not to be used
   */
  public void update(ByteBuffer bytes) throws RedirectException {
    throw new UnsupportedOperationException();
  }

  /** Returns how many bytes were taken. */
  public long received() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns how many bytes from the first on are verified and may be used: whole segments; without
   * segment hashes 0 until {@link #finish}.
   */
  public long verified() {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes the end.
   *
   * @throws RedirectException if the content is too short or does not have its hashes
   */
  public void finish() throws RedirectException {
    throw new UnsupportedOperationException();
  }

  /**
   * Forgets what was taken after {@link #verified()}, so that only that is fetched again: with
   * segment hashes the last verified segment boundary, else the beginning.
   *
   * @return how many bytes are kept
   */
  public long rewind() {
    throw new UnsupportedOperationException();
  }
}
