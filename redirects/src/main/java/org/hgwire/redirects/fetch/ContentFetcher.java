// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;

/**
 * What a download needs of an HTTP library. It shares nothing with the connection to the origin
 * server: no cookies, no authorization, no headers, no connections, except what the user set for
 * content hosts.
 *
 * <p>An implementation follows no HTTP redirect, checks the addresses that a host was resolved to
 * and connects only to these, uses separate TLS settings and connections per set of pins, and
 * checks the peer's certificate against the pins before each request is sent. Safe for use by
 * several threads.
 */
public interface ContentFetcher extends AutoCloseable {
  /**
   * Sends a request and blocks until the head of the response arrives, whatever its status.
   *
   * @throws org.hgwire.redirects.RedirectException if the policy or the pins forbid it; it may be
   *     the cause of another exception
   * @throws java.io.InterruptedIOException if it timed out
   * @throws IOException if there is no response
   */
  ContentResponse fetch(ContentRequest request) throws IOException;

  /** Releases connections and threads. */
  @Override
  void close();
}
