// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The head of a response to a {@link ContentRequest}, and its body as a stream. */
public interface ContentResponse extends AutoCloseable {
  /** Returns the HTTP status code. */
  int status();

  /**
   * Returns the header with this name, ignoring case, or null. Several with the same name are
   * joined with commas (RFC 9110, section 5.3).
   */
  @Nullable String header(String name);

  /**
   * Returns the body as it arrives, without a content coding. A read throws {@link
   * java.io.InterruptedIOException} when it times out and {@link java.io.EOFException} or another
   * {@link java.io.IOException} when the body is cut; it returns -1 only at the end that HTTP
   * declares.
   */
  InputStream body();

  /** Ends the exchange at once; may be called by any thread. A read that is blocked fails. */
  void cancel();

  /** Releases the connection; called by the thread that reads. The rest of the body is dropped. */
  @Override
  void close();
}
