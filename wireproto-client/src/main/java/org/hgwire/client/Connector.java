// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests to one origin: adds the credentials and headers that belong to it, and
 * follows HTTP redirects where the options allow it. Safe for use by several threads.
 */
final class Connector implements AutoCloseable {
  private final HttpTransport transport;
  private final PeerOptions options;
  private final URI origin;
  private final @Nullable Credentials credentials;

  Connector(
      HttpTransport transport, PeerOptions options, URI url, @Nullable Credentials credentials) {
    this.transport = transport;
    this.options = options;
    this.origin = url;
    this.credentials = credentials;
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
    URI target = url;
    for (int hop = 0; ; hop++) {
      HttpTransport.Response response = sendOnce(target, headers, body);
      if (response.status() < 300 || response.status() > 399) {
        return new FinalResponse(response, target);
      }
      target = follow(response, target, hop);
    }
  }

  private HttpTransport.Response sendOnce(
      URI url, List<HttpTransport.Header> headers, @Nullable List<ByteBuffer> body)
      throws PeerException {
    List<HttpTransport.Header> all = new ArrayList<>(headers);
    if (sameOrigin(origin, url)) {
      all.addAll(options.headers());
      if (credentials != null) {
        all.add(new HttpTransport.Header("Authorization", credentials.authorization()));
      }
    }
    HttpTransport.Request request = new HttpTransport.Request(url, all, body);
    options.listener().requestStarted(request.method(), url);
    HttpTransport.Response response;
    try {
      response = transport.send(request);
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
    options.listener().bytesSent(request.bodyLength());
    options.listener().responseStarted(response.status());
    return response;
  }

  /** Returns the target of a redirect, if it may be followed. */
  private URI follow(HttpTransport.Response response, URI from, int hop) throws PeerException {
    int status = response.status();
    String location = response.header("Location");
    response.close();
    String shown = location == null ? "" : PeerText.line(location);
    if (options.maxHttpRedirects() == 0) {
      throw refused(shown, from, "use that address, or allow HTTP redirects");
    }
    // 303 asks for a GET, and 300 and 304 are not redirects: none of them leads to a command's
    // response.
    if (location == null || (status != 301 && status != 302 && status != 307 && status != 308)) {
      throw refused(shown, from, "the status " + status + " cannot be followed");
    }
    if (hop >= options.maxHttpRedirects()) {
      throw refused(shown, from, "more than " + hop + " redirects in a row");
    }
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw refused(shown, from, "that is not a valid URL");
    }
    String scheme = scheme(target);
    if (target.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw refused(shown, from, "only http and https are allowed");
    }
    if (target.getRawUserInfo() != null) {
      throw refused(shown, from, "a URL with credentials is not allowed");
    }
    if (scheme(from).equals("https") && scheme.equals("http")) {
      throw refused(shown, from, "https must not lead to http");
    }
    return target;
  }

  private static RedirectNotFollowedException refused(String location, URI from, String why) {
    return new RedirectNotFollowedException(
        location,
        TransportFaults.place(from)
            + " redirects to "
            + location
            + ", which is not followed: "
            + why
            + ".",
        null);
  }

  private static boolean sameOrigin(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return scheme(url).equals("https") ? 443 : 80;
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    transport.close();
  }
}
