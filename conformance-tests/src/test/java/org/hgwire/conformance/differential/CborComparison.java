// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import org.hgwire.core.WireErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What both decoders made of bytes within a request.
 *
 * @param input the bytes
 * @param theirs whether hg accepted the request, and the node that it returned if there was one
 * @param ours whether we accepted the request, and the node that hg should return
 * @param error why we did not, or null
 */
record CborComparison(CborInput input, Decoded theirs, Decoded ours, @Nullable WireErrorCode error)
    implements Comparison {
  /**
   * What a decoder made of a request.
   *
   * @param isAccepted whether the request is one
   * @param node the node in notation, or an empty string
   */
  record Decoded(boolean isAccepted, String node) {}

  @Override
  public boolean isEqual() {
    return theirs.equals(ours);
  }

  @Override
  public String toString() {
    return "%s%n  hg:   %s%n  ours: %s %s".formatted(input, theirs, ours, error);
  }
}
