// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import java.util.Map;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.ContentVerifier;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;

/**
 * Skips the beginning of content that was delivered from elsewhere before, and checks it against
 * the hashes of its segments: reading may only continue after the same bytes.
 */
final class PrefixCheck {
  private final ContentVerifier verifier;
  private final long length;

  PrefixCheck(ContentExpectation expectation, long length) {
    this.verifier =
        new ContentVerifier(
            new ContentExpectation(
                expectation.size(),
                expectation.maxBytes(),
                Map.of(),
                expectation.seed(),
                expectation.segments()));
    this.length = length;
  }

  /**
   * Consumes the part of {@code bytes} that belongs to the beginning.
   *
   * @throws RedirectException if it differs from what was delivered
   */
  void pass(ByteBuffer bytes) throws RedirectException {
    long missing = length - verifier.received();
    if (missing == 0) {
      return;
    }
    int count = (int) Math.min(missing, bytes.remaining());
    ByteBuffer part = bytes.slice(bytes.position(), count);
    bytes.position(bytes.position() + count);
    verifier.update(part);
    if (verifier.received() == length && verifier.verified() != length) {
      throw different();
    }
  }

  /**
   * Signals that no bytes follow.
   *
   * @throws RedirectException if there were fewer than were delivered
   */
  void end() throws RedirectException {
    if (verifier.received() < length) {
      throw different();
    }
  }

  private static RedirectException different() {
    return new RedirectException(
        RedirectFault.HASH,
        "The response without a redirect differs from the part of the redirected one that was"
            + " used.");
  }
}
