// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;

/** Rules for the parameters of bundles and their parts, and the exceptions of headers. */
final class Parameters {
  private Parameters() {}

  /**
   * Adds a parameter: "Each parameter's key MUST be unique within the part" (bundle2, Payload
   * Part).
   */
  static void add(
      Map<ByteString, ByteString> parameters, ByteString key, ByteString value, String where) {
    if (parameters.putIfAbsent(key, value) != null) {
      throw fault(WireErrorCode.DUPLICATE_KEY, where + " has the parameter " + key + " twice");
    }
  }

  static void requireCount(int count, WireLimits limits, String where) {
    if (count > limits.intOf(WireLimit.MAX_BUNDLE_PARAMETERS)) {
      throw fault(
          WireErrorCode.LIMIT,
          where
              + " has "
              + count
              + " parameters, more than the "
              + limits.intOf(WireLimit.MAX_BUNDLE_PARAMETERS)
              + " that are allowed");
    }
  }

  static boolean isLetter(byte b) {
    return isUpper(b) || (b >= 'a' && b <= 'z');
  }

  static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  static WireProtocolException malformed(String message) {
    return fault(WireErrorCode.MALFORMED, message);
  }

  static WireProtocolException fault(WireErrorCode code, String message) {
    return WireProtocolException.request(code, message);
  }
}
