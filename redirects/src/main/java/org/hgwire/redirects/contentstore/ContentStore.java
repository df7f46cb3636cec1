// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.jspecify.annotations.Nullable;

/**
 * A place where a server puts content that clients are redirected to. Content-addressed: bytes with
 * the same SHA-256 are the same content and are written once. Safe for use by several threads;
 * every method may block.
 */
public interface ContentStore extends AutoCloseable {
  /** Returns the redirect target to which its URLs belong. */
  RedirectTarget target();

  /**
   * Returns where clients get the content now, or null if the store does not have all of it. A URL
   * may be made for this call alone, such as a presigned one.
   *
   * @throws IOException if the store cannot be asked
   */
  @Nullable PublishedContent find(ContentDescription content) throws IOException;

  /**
   * Stores content, which becomes visible when it is complete. Does nothing if it is stored
   * already.
   *
   * @param file contains the content; belongs to the caller and is not changed
   * @throws IOException if it cannot be stored; then nothing of it is visible
   */
  void put(ContentDescription content, Path file) throws IOException;

  /**
   * Deletes content, if the store can: who calls this knows that no client needs it any more.
   *
   * @param sha256 the SHA-256 of the content, 32 bytes
   * @return whether the store does not have it now; false, the default, if it keeps what it has
   * @throws IOException if it cannot be deleted
   */
  default boolean delete(ByteString sha256) throws IOException {
    return false;
  }

  @Override
  void close() throws IOException;
}
