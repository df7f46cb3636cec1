// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.ProtocolException;
import org.hgwire.core.WireLimit;

/** A peer sent more besides the body of its response than {@link WireLimit#MAX_HTTP_OVERHEAD}. */
final class OverheadException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final long max;

  OverheadException(long max) {
    super("more than " + max + " bytes that are no body");
    this.max = max;
  }

  /** Returns the error as a sentence about {@code place}. */
  String sentence(String place) {
    return place
        + " sent more than "
        + max
        + " bytes besides the body of its response (the limit "
        + WireLimit.MAX_HTTP_OVERHEAD
        + "); check what responds there.";
  }
}
