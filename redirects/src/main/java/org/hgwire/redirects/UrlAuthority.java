// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the scheme and the path of a URL (RFC 3986, section 3.2), also where {@link
 * URI} finds no host in it: in a name with underscores or international letters, and after a
 * password with an at sign. The host begins after the last one.
 *
 * @param userInfo what stands before the host, as it is written; or null
 * @param host a name in lower case, international labels in ASCII (IDNA), or an address; an IPv6
 *     address in brackets
 * @param port the port, or -1 if there is none
 */
public record UrlAuthority(@Nullable String userInfo, String host, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Returns the authority of a URL.
   *
   * @throws IllegalArgumentException if it has none, or the host or the port is malformed; the
   *     message says which, and does not contain the user info
   */
  public static UrlAuthority of(URI url) {
    if (url.getHost() != null) {
      return new UrlAuthority(
          url.getRawUserInfo(), url.getHost().toLowerCase(Locale.ROOT), checked(url.getPort()));
    }
    String text = url.getRawAuthority();
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("there is no host in the URL");
    }
    int at = text.lastIndexOf('@');
    String place = text.substring(at + 1);
    int colon = place.lastIndexOf(':');
    boolean hasPort = colon > place.lastIndexOf(']');
    return new UrlAuthority(
        at < 0 ? null : text.substring(0, at),
        host(hasPort ? place.substring(0, colon) : place),
        hasPort ? port(place.substring(colon + 1)) : -1);
  }

  /** Returns whether a URL has a well-formed host and port, and no user info before them. */
  public static boolean isWithoutUserInfo(URI url) {
    try {
      return of(url).userInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String host(String text) {
    InetAddress address = AddressLiteral.parse(text);
    if (address != null && text.indexOf(':') < 0) {
      return text;
    }
    if (text.indexOf(':') >= 0 && !text.startsWith("[")) {
      throw malformed(text, "is not a name; an IPv6 address is written in brackets");
    }
    if (HostName.looksNumeric(text)) {
      throw malformed(text, "is a number, but not an address in its usual form");
    }
    String name = HostName.canonical(text);
    if (name == null) {
      throw malformed(
          text, "is neither an address nor a name of letters, digits, hyphens and underscores");
    }
    return name;
  }

  private static IllegalArgumentException malformed(String host, String why) {
    return new IllegalArgumentException("the host \"" + PeerText.excerpt(host) + "\" " + why);
  }

  private static int port(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    if (!digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "the port \"" + PeerText.excerpt(digits) + "\" is not a number");
    }
    return checked(Integer.parseInt(digits));
  }

  private static int checked(int port) {
    if (port == 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("there is no port " + port + "; ports are 1 to 65535");
    }
    return port;
  }
}
