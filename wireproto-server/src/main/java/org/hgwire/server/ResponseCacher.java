// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Provides responses without running the command: from a cache, or by redirecting the client.
 * Called by several threads at once, never by one that must not block.
 */
@FunctionalInterface
public interface ResponseCacher {
  /** A cacher without responses, that keeps none. */
  ResponseCacher NONE = call -> null;

  /**
   * Decides where the response to a call comes from.
   *
   * @return the origin of the response, or null to run the command and keep nothing
   * @throws IOException if the cache cannot be read; the command is run then
   */
  @Nullable ResponseOrigin originOf(CacheableCall call) throws IOException;

  /**
   * Returns a cacher that asks {@code other} if this one has no response, or fails.
   *
   * @param other the second cacher
   */
  default ResponseCacher orElse(ResponseCacher other) {
    return call -> {
      ResponseOrigin origin = null;
      try {
        origin = originOf(call);
      } catch (IOException failure) {
        LoggerFactory.getLogger(ResponseCacher.class)
            .warn("a cacher failed for {}; the next one is asked", call.command().name(), failure);
      }
      return origin == null ? other.originOf(call) : origin;
    };
  }
}
