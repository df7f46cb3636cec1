// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.List;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a changeset that may change.
 *
 * @param phase {@code public} or {@code draft}, or null if it was not said
 * @param bookmarks the names of the bookmarks on it
 */
public record ChangesetState(@Nullable ByteString phase, List<ByteString> bookmarks) {
  /** Copies the list. */
  public ChangesetState {
    bookmarks = List.copyOf(bookmarks);
  }
}
