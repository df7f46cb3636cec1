// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.UrlAuthority;

/**
 * The address of a repository.
 *
 * @param url http or https, without user info, query, fragment or trailing slash
 * @param slash whether the handshake is sent to the address with a slash at its end, as it was
 *     given: web servers redirect one to the other, and not always to where they can be reached
 */
record RepositoryAddress(URI url, boolean slash) {
  /**
   * Parses a URL.
   *
   * @throws IllegalArgumentException if it is malformed; the message has no text of it, which may
   *     have a password
   */
  static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the address of a repository is not a URL: "
              + e.getReason()
              + (e.getIndex() < 0 ? "" : " at index " + e.getIndex()));
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is not the address of a repository
   */
  static RepositoryAddress of(URI given) {
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "the address of a repository must begin with http:// or https://");
    }
    requireNoFragment(given);
    if (given.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the address of a repository has no query: leave out ?"
              + PeerText.line(given.getRawQuery()));
    }
    UrlAuthority authority = authority(given);
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String port = authority.port() < 0 ? "" : ":" + authority.port();
    URI url = URI.create(scheme + "://" + authority.host() + port + path.substring(0, end));
    return new RepositoryAddress(url, end < path.length());
  }

  private static void requireNoFragment(URI given) {
    String fragment = given.getRawFragment();
    if (fragment != null) {
      boolean inPassword = fragment.indexOf('@') >= 0;
      throw new IllegalArgumentException(
          inPassword
              ? "the address of a repository has a # before the host: in a user name or a password"
                  + " it is written %23"
              : "the address of a repository has no branch: leave out #"
                  + PeerText.line(fragment)
                  + ", the whole repository is used");
    }
  }

  private static UrlAuthority authority(URI given) {
    try {
      return UrlAuthority.of(given);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the address of a repository cannot be used: " + e.getMessage(), e);
    }
  }

  /** Returns the address of the handshake. */
  URI handshake() {
    return command("cmd=capabilities");
  }

  /** Returns the address of a command of version 1, which is in the query. */
  URI command(String query) {
    boolean hasPath = url.getRawPath() != null && !url.getRawPath().isEmpty();
    return URI.create(url + (slash || !hasPath ? "/" : "") + "?" + query);
  }
}
