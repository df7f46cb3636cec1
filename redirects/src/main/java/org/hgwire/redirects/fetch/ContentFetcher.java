// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;

/**
 * What fetching asks of an HTTP library. It shares nothing with the connection to the origin: no
 * cookies, no authorization, no headers, no connections, but what the user set for a host of
 * contents.
 *
 * <p>An implementation follows no redirect, checks the addresses of a host after they were resolved
 * and connects to those alone, uses TLS settings and connections of their own for each set of pins,
 * and holds the peer's certificate against them before each request is sent. Safe for use by
 * several threads.
 */
public interface ContentFetcher extends AutoCloseable {
  /**
   * Sends a request and waits for the head of the response, whatever its status.
   *
   * @throws org.hgwire.redirects.RedirectException if the policy or the pins forbid it; it may be
   *     the cause of another exception
   * @throws java.io.InterruptedIOException if a timeout passed
   * @throws IOException if no response could be had
   */
  ContentResponse fetch(ContentRequest request) throws IOException;

  /** Frees connections and threads. */
  @Override
  void close();
}
