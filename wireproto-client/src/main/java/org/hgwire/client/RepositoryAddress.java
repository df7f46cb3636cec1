// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.Locale;

/**
 * The address of a repository.
 *
 * @param url http or https, without user info, query, fragment or trailing slash
 */
record RepositoryAddress(URI url) {
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
    if (given.getHost() == null) {
      throw new IllegalArgumentException("the address of a repository must name a host");
    }
    if (given.getRawQuery() != null || given.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of a repository must not have a query or a fragment (#)");
    }
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String port = given.getPort() < 0 ? "" : ":" + given.getPort();
    return new RepositoryAddress(URI.create(scheme + "://" + given.getHost() + port + path));
  }

  /** Returns the address of the handshake. */
  URI handshake() {
    return URI.create((hasPath() ? url.toString() : url + "/") + "?cmd=capabilities");
  }

  private boolean hasPath() {
    return url.getRawPath() != null && !url.getRawPath().isEmpty();
  }
}
