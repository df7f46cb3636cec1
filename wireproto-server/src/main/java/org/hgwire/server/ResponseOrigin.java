// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;

/** Where the response to a call comes from. */
public sealed interface ResponseOrigin {
  /**
   * The response is elsewhere: the client is redirected.
   *
   * @param target the name of the target to which the location belongs, one that the client offered
   * @param location where the response is
   */
  record Redirected(ByteString target, ContentLocation location) implements ResponseOrigin {}

  /**
   * The response is sent by this server.
   *
   * @param objects its objects, from a cache or from the command
   */
  record Inline(EncodedObjects objects) implements ResponseOrigin {}
}
