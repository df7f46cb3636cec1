// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/** How a request, or one command of it, ended. */
public enum Outcome {
  /** The response is complete. */
  COMPLETED,
  /** The client was redirected: for a command to other content, for a request to another URL. */
  REDIRECTED,
  /** The request was not permitted, or malformed. */
  REFUSED,
  /** The server failed. */
  FAILED,
  /** The client went away, or the server cut the connection, before the response was complete. */
  CUT
}
