// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.List;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;

/**
 * What the exchanges of one peer share.
 *
 * @param connector sends HTTP requests to the server
 * @param options how the peer connects
 * @param api what the handshake told
 * @param redirects what may be followed
 */
record Session(Connector connector, PeerOptions options, Api api, Redirects redirects)
    implements AutoCloseable {
  /** Returns a first exchange for some commands. */
  Exchange exchange(List<CommandRequest> requests) {
    return new Exchange(this, requests, new RedirectTrail(), 0);
  }

  /** Returns another exchange for a command whose response was redirected to what failed. */
  Exchange exchange(CommandRequest request, RedirectTrail trail, int failures) {
    return new Exchange(this, List.of(request.withRedirect(null)), trail, failures);
  }

  /**
   * Returns {@code requests} with what can be offered at this moment: to commands that read alone,
   * for what a write answers is nowhere else.
   */
  List<CommandRequest> offering(List<CommandRequest> requests, RedirectTrail trail) {
    RedirectOffer offer = redirects.offer(trail);
    return offer == null
        ? requests
        : requests.stream()
            .map(
                request ->
                    request.redirect() != null || api.writes(request)
                        ? request
                        : request.withRedirect(offer))
            .toList();
  }

  @Override
  public void close() {
    redirects.close();
    connector.close();
  }
}
