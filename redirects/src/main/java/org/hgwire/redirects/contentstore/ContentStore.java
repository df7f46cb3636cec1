// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.command.RedirectTarget;
import org.jspecify.annotations.Nullable;

/**
 * Where contents are put so that clients get them elsewhere. Content-addressed: what has the same
 * SHA-256 is the same content, and is written once. Safe for use by several threads; every method
 * may block.
 */
public interface ContentStore extends AutoCloseable {
  /** Returns the redirect target to which its URLs belong. */
  RedirectTarget target();

  /**
   * Returns where clients get a content now, or null if the store does not have it whole. A URL may
   * be made for this call alone, as a presigned one is.
   *
   * @throws IOException if that cannot be found out
   */
  @Nullable PublishedContent find(ContentDescription content) throws IOException;

  /**
   * Puts a content there; nobody sees it before it is whole. One that is there already is left.
   *
   * @param file holds the content; belongs to the caller, is not changed and not kept
   * @throws IOException if it cannot be stored; nothing of it is visible then
   */
  void put(ContentDescription content, Path file) throws IOException;

  @Override
  void close() throws IOException;
}
