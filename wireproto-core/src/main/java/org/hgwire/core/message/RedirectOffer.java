// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * Which content redirects a client is willing to follow (wireprotocolrpc, Command Request).
 *
 * @param targets names of targets that the server advertised
 * @param hashes names of hash algorithms, the most preferred first
 */
public record RedirectOffer(List<ByteString> targets, List<ByteString> hashes) {
  /** Copies the lists. */
  public RedirectOffer {
    targets = List.copyOf(targets);
    hashes = List.copyOf(hashes);
  }
}
