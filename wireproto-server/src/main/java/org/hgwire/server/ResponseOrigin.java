// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;

/** Where the response to a call comes from. */
public sealed interface ResponseOrigin {
  /**
   * From elsewhere: the client is redirected.
   *
   * @param target the target to which the location belongs, one that the client offered
   * @param location where it is
   */
  record Redirected(ByteString target, ContentLocation location) implements ResponseOrigin {}

  /**
   * From here.
   *
   * @param objects its objects, from a cache or from the command
   */
  record Inline(EncodedObjects objects) implements ResponseOrigin {}
}
