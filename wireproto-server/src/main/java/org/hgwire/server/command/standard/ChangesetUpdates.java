// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import org.hgwire.core.ByteString;

/**
 * What a response says about changesets beyond their data.
 *
 * @param published those that the client learns to be public
 * @param bookmarks the names of the bookmarks of each changeset that has any
 */
record ChangesetUpdates(BitSet published, NavigableMap<Integer, List<ByteString>> bookmarks) {
  /** Returns the changesets that have a bookmark or that the client learns to be public. */
  BitSet changesets() {
    BitSet all = (BitSet) published.clone();
    bookmarks.keySet().forEach(all::set);
    return all;
  }
}
