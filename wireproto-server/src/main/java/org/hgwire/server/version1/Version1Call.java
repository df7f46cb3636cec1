// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call of a command, worked on in turns. Used by one thread at a time, not always the same. */
public interface Version1Call extends AutoCloseable {
  /** Returns the call whose response is known. */
  static Version1Call of(Version1Response response) {
    return () -> response;
  }

  /**
   * Works for a few milliseconds.
   *
   * @return the response, or null if it is not ready: the caller asks again when other requests
   *     have had their turn. Not called again after the response
   * @throws IOException if the repository cannot be read; the client gets a server error
   */
  @Nullable Version1Response advance() throws IOException;

  /**
   * Frees all resources but those of a {@link Version1Response.Stream} that was returned. May be
   * called again.
   */
  @Override
  default void close() {}
}
