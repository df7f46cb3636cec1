// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Obsolescence markers, one after the other. Used by one thread at a time. */
public interface MarkerCursor extends Closeable {
  /** Returns the version of the format that the markers are stored in: 0 or 1. */
  int version();

  /**
   * Returns the next marker, or null after the last.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable ObsolescenceMarker next() throws IOException;
}
