// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.core.ByteString;

/** Checks the paths of tracked files. */
final class FilePaths {
  private static final byte SLASH = '/';
  private static final ByteString HERE = ByteString.utf8(".");
  private static final ByteString UP = ByteString.utf8("..");

  private FilePaths() {}

  /**
   * Returns whether {@code path} is relative and consists of names of which none is empty, {@code
   * .} or {@code ..}.
   */
  static boolean staysInside(ByteString path) {
    int from = 0;
    while (from <= path.length()) {
      int to = path.indexOf(SLASH, from);
      if (to < 0) {
        to = path.length();
      }
      ByteString name = path.substring(from, to);
      if (name.isEmpty() || name.equals(HERE) || name.equals(UP)) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }
}
