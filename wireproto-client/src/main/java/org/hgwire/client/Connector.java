// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.hgwire.redirects.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests to one origin: adds the credentials and headers that belong to it, and
 * follows the HTTP redirects that {@link HttpRedirects} allows. Safe for use by several threads.
 */
final class Connector implements AutoCloseable {
  private final HttpTransport transport;
  private final PeerOptions options;
  private final Origin origin;
  private final HttpRedirectRules rules;
  private final @Nullable Credentials credentials;
  private final LongAdder received = new LongAdder();

  Connector(
      HttpTransport transport, PeerOptions options, URI url, @Nullable Credentials credentials) {
    this.transport = transport;
    this.options = options;
    this.origin = Origin.of(url);
    this.rules = new HttpRedirectRules(options.httpRedirects());
    this.credentials = credentials;
  }

  /** Notes that bytes of a body were received, from the server or for it from elsewhere. */
  void received(long count) {
    received.add(count);
  }

  /** Returns how many bytes were received. */
  long bytesReceived() {
    return received.sum();
  }

  /** A response that is not a redirect, and the address that it came from. */
  record FinalResponse(HttpTransport.Response response, URI url) {}

  /**
   * Sends a request and returns its response, with any status that is not a redirect.
   *
   * @throws RedirectNotFollowedException if the response is a redirect that is not followed
   * @throws TransportException if there is no response
   */
  FinalResponse send(URI url, List<HttpTransport.Header> headers, @Nullable List<ByteBuffer> body)
      throws PeerException {
    HttpTransport.Request request = request(url, headers, body);
    for (int hop = 0; ; hop++) {
      HttpTransport.Response response;
      try {
        response = sendOnce(request);
      } catch (IOException e) {
        throw hop == 0
            ? TransportFaults.of(e, url)
            : TransportFaults.afterRedirect(e, url, request.url());
      }
      if (response.status() < 300 || response.status() > 399) {
        return new FinalResponse(response, request.url());
      }
      String location = response.header("Location");
      response.close();
      URI next = rules.next(request, response.status(), location == null ? "" : location, hop);
      request = request(next, headers, body);
    }
  }

  private HttpTransport.Request request(
      URI url, List<HttpTransport.Header> headers, @Nullable List<ByteBuffer> body) {
    List<HttpTransport.Header> all = new ArrayList<>(headers);
    if (isOrigin(url)) {
      all.addAll(options.headers());
      if (credentials != null) {
        all.add(new HttpTransport.Header("Authorization", credentials.authorization()));
      }
    }
    return new HttpTransport.Request(url, all, body);
  }

  private HttpTransport.Response sendOnce(HttpTransport.Request request) throws IOException {
    options.listener().requestStarted(request.method(), request.url());
    HttpTransport.Response response = transport.send(request);
    options.listener().bytesSent(request.bodyLength());
    options.listener().responseStarted(response.status());
    return response;
  }

  /** Returns whether the credentials and headers of the options are for the server of a URL. */
  boolean isOrigin(URI url) {
    return origin.equals(Origin.of(url));
  }

  @Override
  public void close() {
    transport.close();
  }
}
