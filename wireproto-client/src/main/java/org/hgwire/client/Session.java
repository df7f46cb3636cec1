// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.version1.Version1Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * What all exchanges of one peer share.
 *
 * @param connector sends HTTP requests to the server
 * @param options how the peer connects
 * @param handshake what the handshake returned
 * @param redirects what may be followed
 */
record Session(
    Connector connector, PeerOptions options, HandshakeResult handshake, Redirects redirects)
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
      HandshakeResult handshake = shakeHands(connector, address, options);
      Redirects redirects =
          new Redirects(
              handshake.address().url(),
              options,
              handshake.capabilities().redirect(),
              factory.openFetcher(options),
              connector::received);
      opened = true;
      return new Session(connector, options, handshake, redirects);
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

  private static HandshakeResult shakeHands(
      Connector connector, RepositoryAddress address, PeerOptions options) throws PeerException {
    Retries retries = new Retries(options, 0);
    while (true) {
      try {
        return Handshaker.run(connector, address, options);
      } catch (PeerException e) {
        // If nothing listens there, a retry would only keep the user waiting.
        if (TransportFaults.isUnreachable(e) || !retries.pauseAfter(e)) {
          throw e;
        }
      }
    }
  }

  /** Returns the connection over version 1, or null if version 2 is spoken. */
  @Nullable Version1Connection version1() {
    Version1Capabilities words = handshake.version1();
    return words == null
        ? null
        : new Version1Connection(connector, options, handshake.address(), words);
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
   * Returns {@code requests} with the redirects that can be offered at this moment. Only commands
   * that read offer any: the response to a write is never elsewhere.
   */
  List<CommandRequest> offering(List<CommandRequest> requests, RedirectTrail trail) {
    RedirectOffer offer = redirects.offer(trail);
    return offer == null
        ? requests
        : requests.stream()
            .map(
                request ->
                    request.redirect() != null || handshake.writes(request)
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
