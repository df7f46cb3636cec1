// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.redirects.UrlAuthority;

/**
 * Which HTTP redirects (3xx) of the repository's own address are followed: by default up to five in
 * a row, to the same host on any port, because proxies put their own port into them. https never
 * leads to http. Credentials and added headers are sent to the origin (scheme, host and port) of
 * the address that the caller gave, and to no other.
 *
 * <p>The handshake is what servers redirect; its final address is used for the commands. A command
 * is redirected only with 307 and 308, which keep it as it is: 301, 302 and 303 would make a GET of
 * it.
 *
 * @param max how many in a row are followed: 0 to 5
 * @param hosts the names of other hosts to which they may lead, in lower case and in ASCII
 */
public record HttpRedirects(int max, Set<String> hosts) {
  /** Five in a row are followed, to the same host. */
  public static final HttpRedirects SAME_HOST = new HttpRedirects(5, Set.of());

  /** None is followed. */
  public static final HttpRedirects OFF = new HttpRedirects(0, Set.of());

  /** Checks the bound, and copies the set. */
  public HttpRedirects {
    if (max < 0 || max > 5) {
      throw new IllegalArgumentException("0 to 5 HTTP redirects may be followed, not " + max);
    }
    hosts = Set.copyOf(hosts);
  }

  /** Returns these settings with another bound. */
  public HttpRedirects withMax(int hops) {
    return new HttpRedirects(hops, hosts);
  }

  /**
   * Returns these settings with one more host to which redirects may lead, on any port.
   *
   * @param host a name in any case, international or in ASCII, or an address; an IPv6 address in
   *     brackets
   * @throws IllegalArgumentException if it is neither
   */
  public HttpRedirects to(String host) {
    boolean alone = host.chars().allMatch(c -> "/?#@".indexOf(c) < 0);
    UrlAuthority place = alone ? UrlAuthority.of(URI.create("http://" + host)) : null;
    if (place == null || place.port() >= 0) {
      throw new IllegalArgumentException("not the name of a host alone: " + host);
    }
    Set<String> more = new TreeSet<>(hosts);
    more.add(place.host());
    return new HttpRedirects(max, more);
  }

  /** Returns whether redirects from one host to another, both in lower case, are followed. */
  boolean allows(String from, String to) {
    return from.equals(to) || hosts.contains(to);
  }
}
