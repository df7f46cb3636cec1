// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a server asks before it runs a command: is there a response already, or a place to send the
 * client to? Called by several threads at once, never by one that must not block.
 */
@FunctionalInterface
public interface ResponseCacher {
  /** A cacher that knows nothing and keeps nothing. */
  ResponseCacher NONE = call -> null;

  /**
   * Decides where the response to a call comes from.
   *
   * @return where from, or null if the command is to be run and nothing kept
   * @throws IOException if that cannot be found out; the command is run then
   */
  @Nullable ResponseOrigin originOf(CacheableCall call) throws IOException;

  /**
   * Returns a cacher that asks {@code other} where this one does not know, or fails.
   *
   * @param other asked second
   */
  default ResponseCacher orElse(ResponseCacher other) {
    return call -> {
      ResponseOrigin origin = null;
      try {
        origin = originOf(call);
      } catch (IOException failure) {
        LoggerFactory.getLogger(ResponseCacher.class)
            .warn("a cacher failed for {}; the next is asked", call.command().name(), failure);
      }
      return origin == null ? other.originOf(call) : origin;
    };
  }
}
