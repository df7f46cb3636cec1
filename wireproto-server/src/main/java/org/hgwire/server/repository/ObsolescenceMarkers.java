// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;

/** The obsolescence markers that a repository exchanges with clients. */
@FunctionalInterface
public interface ObsolescenceMarkers {
  /**
   * Opens the markers, in the same order each time; the caller closes them before the snapshot.
   *
   * @throws IOException if the repository cannot be read
   */
  MarkerCursor open() throws IOException;
}
