// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
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
  /**
   * Asks a server what it speaks and what it can do.
   *
   * @throws IllegalArgumentException if {@code url} is not the address of a repository
   */
  static Session open(URI url, PeerOptions options) throws PeerException {
    RepositoryAddress address = RepositoryAddress.of(url);
    Credentials inUrl = Credentials.of(url);
    TransportFactory factory = factory(options);
    Connector connector =
        new Connector(
            factory.open(options),
            options,
            address.url(),
            options.credentials() == null ? inUrl : options.credentials());
    boolean opened = false;
    try {
      Api api = handshake(connector, address, options);
      Redirects redirects =
          new Redirects(
              api.address().url(),
              options,
              api.capabilities().redirect(),
              factory.openFetcher(options));
      opened = true;
      return new Session(connector, options, api, redirects);
    } finally {
      if (!opened) {
        connector.close();
      }
    }
  }

  private static TransportFactory factory(PeerOptions options) {
    TransportFactory chosen = options.transport();
    return chosen != null
        ? chosen
        : ServiceLoader.load(TransportFactory.class, Session.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no TransportFactory is installed or chosen"));
  }

  private static Api handshake(Connector connector, RepositoryAddress address, PeerOptions options)
      throws PeerException {
    Retries retries = new Retries(options, 0);
    while (true) {
      try {
        return Handshaker.run(connector, address, options);
      } catch (PeerException e) {
        // Where nothing listens, a person waits for the result: there is no second attempt.
        if (TransportFaults.isUnreachable(e) || !retries.pauseAfter(e)) {
          throw e;
        }
      }
    }
  }

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
