// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a call that the cacher is asked about; where it does not help, the command runs.
 */
final class CacheableAnswer implements PendingResponse {
  private static final Logger LOG = LoggerFactory.getLogger(CacheableAnswer.class);

  private final ResponseCacher cacher;
  private final CacheableCall call;

  CacheableAnswer(ResponseCacher cacher, CacheableCall call) {
    this.cacher = cacher;
    this.call = call;
  }

  @Override
  public ResponseOrigin open() throws IOException {
    ResponseOrigin origin = ask();
    if (origin == null) {
      return new ResponseOrigin.Inline(call.run());
    }
    // wireprotocolrpc, Content Redirects: "A *redirect response* MUST NOT be issued unless the
    // client
    // advertises support for one."
    if (origin instanceof ResponseOrigin.Redirected redirected
        && !call.offers(redirected.target())) {
      LOG.warn(
          "{} was to be redirected to {}, which the client does not offer to follow; it is run",
          call.command().name(),
          redirected.target().excerpt());
      return new ResponseOrigin.Inline(call.run());
    }
    return origin;
  }

  private @Nullable ResponseOrigin ask() {
    try {
      return cacher.originOf(call);
    } catch (CommandException | WireProtocolException refusedByTheCommand) {
      throw refusedByTheCommand;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the cacher failed for {}; it is run", call.command().name(), failure);
      return null;
    }
  }
}
