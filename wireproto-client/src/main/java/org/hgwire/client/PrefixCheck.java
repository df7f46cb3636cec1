// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import java.util.Map;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.ContentVerifier;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;

/**
 * Passes over the beginning of a content that was delivered from elsewhere before, and holds it
 * against the hashes of its segments: only the very same bytes may be gone on with.
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
   * Takes from {@code bytes} what belongs to the beginning.
   *
   * @throws RedirectException if it is another than was delivered
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
   * Says that no bytes follow.
   *
   * @throws RedirectException if they were fewer than were delivered
   */
  void end() throws RedirectException {
    if (verifier.received() < length) {
      throw different();
    }
  }

  private static RedirectException different() {
    return new RedirectException(
        RedirectFault.HASH,
        "The response without a redirect is not that of which a part was used.");
  }
}
