// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.Set;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.redirects.Origin;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.redirects.fetch.LocationHeader;

/** Decides where an HTTP redirect of the repository's address leads. Immutable. */
final class HttpRedirectRules {
  private static final Set<Integer> FOLLOWED = Set.of(301, 302, 303, 307, 308);

  private final HttpRedirects allowed;

  HttpRedirectRules(HttpRedirects allowed) {
    this.allowed = allowed;
  }

  /**
   * Returns where the same request is sent next.
   *
   * @param request the request that is redirected
   * @param status the status of the response, 3xx
   * @param location the header Location, or an empty string
   * @param hop how many redirects were followed before
   * @throws RedirectNotFollowedException if the redirect is not followed; the message names the
   *     address of a repository that the caller can use instead
   */
  URI next(HttpTransport.Request request, int status, String location, int hop)
      throws RedirectNotFollowedException {
    URI from = request.url();
    if (location.isEmpty() || !FOLLOWED.contains(status)) {
      throw refused("", from, "the status " + status + " leads nowhere; check the address");
    }
    URI target = target(from, location);
    Origin origin = origin(target, location, from);
    String shown = repository(target);
    if (Origin.of(from).isSecure() && !origin.isSecure()) {
      throw refused(shown, from, "https must not lead to http" + overHttps(from, target));
    }
    if (allowed.max() == 0) {
      throw refused(
          shown, from, "HTTP redirects are switched off; give " + shown + " as the address");
    }
    if (request.body() != null && status != 307 && status != 308) {
      throw refused(
          shown,
          from,
          "the status "
              + status
              + " would make a GET of a command, 307 or 308 would not; give "
              + shown
              + " as the address");
    }
    if (!allowed.allows(Origin.of(from).host(), origin.host())) {
      throw refused(
          shown,
          from,
          "that is another host; give "
              + shown
              + " as the address, or allow HTTP redirects to "
              + origin.host());
    }
    if (hop >= allowed.max()) {
      throw refused(shown, from, "not more than " + hop + " redirects in a row are followed");
    }
    return request.body() == null ? asHandshake(from, target, shown) : target;
  }

  private static URI target(URI from, String location) throws RedirectNotFollowedException {
    try {
      return LocationHeader.resolve(from, location);
    } catch (IllegalArgumentException e) {
      throw refused(PeerText.line(location), from, "that is not a valid URL");
    }
  }

  private static Origin origin(URI target, String location, URI from)
      throws RedirectNotFollowedException {
    try {
      if (UrlAuthority.of(target).userInfo() != null) {
        // What stands before the at sign may be a password.
        throw refused(
            PeerText.line(location.substring(location.lastIndexOf('@') + 1)),
            from,
            "a URL with credentials is not allowed");
      }
      return Origin.of(target);
    } catch (IllegalArgumentException e) {
      throw refused(
          PeerText.line(location), from, "only http and https are allowed, to a valid host");
    }
  }

  /**
   * Returns the address of the handshake at {@code target}: some servers drop the query when they
   * redirect, and one with another query leads to a page for people.
   */
  private static URI asHandshake(URI from, URI target, String shown)
      throws RedirectNotFollowedException {
    String query = target.getRawQuery();
    if (query == null) {
      return URI.create(target + "?" + from.getRawQuery());
    }
    if (Set.of(query.split("&", -1)).contains(String.valueOf(from.getRawQuery()))) {
      return target;
    }
    throw refused(
        shown,
        from,
        "that is a page for people, maybe to log in, and not a repository; check the address and"
            + " what it requires");
  }

  /** Returns what to give instead of an http address of the same host, as the end of a sentence. */
  private static String overHttps(URI from, URI target) {
    Origin origin = Origin.of(from);
    return origin.host().equals(Origin.of(target).host())
        ? "; give "
            + origin
            + path(target)
            + " as the address, or correct the proxy there, which does not know that it is reached"
            + " over https"
        : "; ask the server's administrator for an https address";
  }

  /** Returns the address of the repository to which a redirect leads, printable. */
  static String repository(URI target) {
    return PeerText.line(Origin.of(target) + path(target));
  }

  private static String path(URI target) {
    String path = target.getRawPath() == null ? "" : target.getRawPath();
    int api = path.indexOf("/" + HttpV2Api.API_BASE + HttpV2Api.NAME + "/");
    return api < 0 ? path : path.substring(0, api);
  }

  private static RedirectNotFollowedException refused(String location, URI from, String why) {
    return new RedirectNotFollowedException(
        location,
        TransportFaults.place(from)
            + " redirects"
            + (location.isEmpty() ? "" : " to " + location)
            + ", which is not followed: "
            + why
            + ".",
        null);
  }
}
