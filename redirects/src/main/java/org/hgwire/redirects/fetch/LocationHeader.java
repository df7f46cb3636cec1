// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the header Location of an HTTP redirect (RFC 9110, section 10.2.2). */
public final class LocationHeader {
  private LocationHeader() {}

  /**
   * Returns where a redirect leads, without a fragment: nothing here has a meaning for one.
   *
   * @param from the URL that redirects
   * @param value the value of the header: absolute or relative
   * @throws IllegalArgumentException if that is not a URL
   */
  public static URI resolve(URI from, String value) {
    int fragment = value.indexOf('#');
    String target = (fragment < 0 ? value : value.substring(0, fragment)).strip();
    try {
      // RFC 3986, section 5.2.2: without a path it is that of the base. URI.resolve drops the last
      // segment there.
      String base = from.getRawPath() == null ? "" : from.getRawPath();
      return from.resolve(new URI(target.startsWith("?") ? base + target : target));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }
}
