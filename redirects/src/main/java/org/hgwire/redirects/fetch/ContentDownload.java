// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.nio.ByteBuffer;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/**
 * A content that is being downloaded. It is spooled to a private file and verified, then given out:
 * as a whole, or with segment hashes each segment as soon as it is verified. A download that is cut
 * is resumed, at most three times. For one thread, but {@link #close}.
 */
public final class ContentDownload implements AutoCloseable {
  private ContentDownload() {}

  /**
   * Returns the next verified bytes, or null at the end. Waits for them. Valid until the next call.
   *
   * @throws RedirectException if the content cannot be had, or is not what was promised
   */
  public @Nullable ByteBuffer next() throws RedirectException {
    throw new UnsupportedOperationException();
  }

  /** Returns how many bytes were given out. */
  public long delivered() {
    throw new UnsupportedOperationException();
  }

  /** Ends the download and deletes the file, from any thread. May be called again. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
