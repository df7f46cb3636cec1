// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/** Makes the errors of this package. */
final class RevisionFault {
  private RevisionFault() {}

  /** Returns the error for bytes that are not what a revision or a delta has. */
  static WireProtocolException malformed(String what) {
    return WireProtocolException.request(WireErrorCode.BAD_RESPONSE, what);
  }
}
