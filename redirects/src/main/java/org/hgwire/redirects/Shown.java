// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import org.hgwire.core.ByteString;

/** What a peer sent, as a message may repeat it: short, and without control characters. */
final class Shown {
  private Shown() {}

  static String text(String text) {
    return ByteString.utf8(text).excerpt();
  }
}
