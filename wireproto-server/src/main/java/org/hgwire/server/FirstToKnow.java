// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one cacher, and another where the first does not know. */
final class FirstToKnow implements ResponseCacher {
  private static final Logger LOG = LoggerFactory.getLogger(FirstToKnow.class);

  private final ResponseCacher first;
  private final ResponseCacher second;

  FirstToKnow(ResponseCacher first, ResponseCacher second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public @Nullable ResponseOrigin originOf(CacheableCall call) throws IOException {
    ResponseOrigin origin = null;
    try {
      origin = first.originOf(call);
    } catch (IOException failure) {
      LOG.warn("a cacher failed for {}; the next is asked", call.command().name(), failure);
    }
    return origin == null ? second.originOf(call) : origin;
  }
}
