// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.hgwire.redirects.UrlAuthority;
import org.jspecify.annotations.Nullable;

/**
 * A name and a password for HTTP basic authentication.
 *
 * @param user the name, without a colon
 * @param password the password
 */
public record Credentials(String user, String password) {
  /** Checks that the name has no colon. */
  public Credentials {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a user name for basic authentication must not have a colon");
    }
  }

  /** Returns the user info of {@code url}, percent-decoded, or null if it has none. */
  static @Nullable Credentials of(URI url) {
    String info = UrlAuthority.of(url).userInfo();
    if (info == null || info.isEmpty()) {
      return null;
    }
    int colon = info.indexOf(':');
    return colon < 0
        ? new Credentials(decode(info), "")
        : new Credentials(decode(info.substring(0, colon)), decode(info.substring(colon + 1)));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Returns the value of the Authorization header. */
  String authorization() {
    byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
