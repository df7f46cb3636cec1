// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.util.HexFormat;
import org.hgwire.store.StoreException;

/**
 * The first four bytes of an index (revlogs, File Format).
 *
 * @param inline whether the chunks are between the entries of the index
 * @param generalDelta whether an entry names the revision that its delta is against; else that is
 *     the revision before
 */
record RevlogHeader(boolean inline, boolean generalDelta) {
  private static final int VERSION = 1;
  private static final int INLINE = 1 << 16;
  private static final int GENERAL_DELTA = 1 << 17;
  private static final int KNOWN = 0xffff | INLINE | GENERAL_DELTA;

  /**
   * Reads the header.
   *
   * @throws StoreException of kind UNSUPPORTED if the format is not read here
   */
  static RevlogHeader of(int header, RevlogFaults faults) throws StoreException {
    int version = header & 0xffff;
    if (version != VERSION) {
      throw faults.unsupported(
          switch (version) {
            case 0 -> "it has the format of before 2006; convert it with hg debugupgraderepo --run";
            case 2, 0xdead -> "it has the format revlog 2, which is an experiment of hg";
            case 0xd34d -> "it has the format changelog 2, which is an experiment of hg";
            default -> "it begins with the unknown format " + hex(header);
          });
    }
    if ((header & ~KNOWN) != 0) {
      throw faults.unsupported("its header has the unknown flags " + hex(header & ~KNOWN));
    }
    return new RevlogHeader((header & INLINE) != 0, (header & GENERAL_DELTA) != 0);
  }

  /** Returns the four bytes. */
  int encoded() {
    return VERSION | (inline ? INLINE : 0) | (generalDelta ? GENERAL_DELTA : 0);
  }

  private static String hex(int value) {
    return "0x" + HexFormat.of().toHexDigits(value);
  }
}
