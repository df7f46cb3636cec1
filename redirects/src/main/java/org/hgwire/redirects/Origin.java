// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a URL (RFC 6454): equal for two URLs of the same server. Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address in lower case; an IPv6 address in brackets
 * @param port the port, never absent: the default one is filled in
 */
public record Origin(String scheme, String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Puts scheme and host into lower case. */
  public Origin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("an origin is http or https, not " + scheme);
    }
  }

  /**
   * Returns the origin of a URL.
   *
   * @throws IllegalArgumentException if {@code url} is not http or https, or has no host
   */
  public static Origin of(URI url) {
    String scheme = url.getScheme();
    if (scheme == null) {
      throw new IllegalArgumentException("a URL without a scheme has no origin");
    }
    UrlAuthority authority = UrlAuthority.of(url);
    int port = authority.port();
    return new Origin(scheme, authority.host(), port < 0 ? defaultPort(scheme) : port);
  }

  private static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? HTTPS : HTTP;
  }

  /** Returns whether the scheme is https. */
  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** Returns the host, followed by a colon and the port unless it is the default one. */
  public String authority() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  /** Returns the ASCII serialization (RFC 6454, section 6.2). */
  @Override
  public String toString() {
    return scheme + "://" + authority();
  }
}
