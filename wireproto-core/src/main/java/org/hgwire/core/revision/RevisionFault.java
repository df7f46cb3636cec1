// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/** Creates the exceptions of this package. */
final class RevisionFault {
  private RevisionFault() {}

  /** Returns the exception for malformed bytes of a revision or a delta. */
  static WireProtocolException malformed(String what) {
    return WireProtocolException.request(WireErrorCode.BAD_RESPONSE, what);
  }
}
