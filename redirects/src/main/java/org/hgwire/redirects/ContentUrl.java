// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * A URL of content, parsed so strictly (a subset of RFC 3986) that every library reads it alike:
 * http or https, no user info, a host that is a name of letters, digits, hyphens and underscores or
 * an address in its usual form, and no dot segments or control characters in the path, escaped or
 * not. Scheme and host are in lower case; a default port and the fragment are dropped.
 *
 * @param uri the URL
 * @param origin its scheme, host and port
 * @param address the address, if the host is one
 */
record ContentUrl(URI uri, Origin origin, @Nullable InetAddress address) {
  /** Enough for any presigned URL; WireLimits bound the object that holds it before. */
  private static final int MAX_LENGTH = 8 * 1024;

  /** Separators for some libraries, or not allowed in URLs (RFC 3986, section 2). */
  private static final String NEVER = "\\\"<>^`{|}";

  private static final int MAX_PORT = 65_535;

  /** Parses a URL. */
  static ContentUrl parse(String text) throws RedirectException {
    requireCharacters(text);
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw bad(text, "is malformed: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme)) {
      throw new RedirectException(
          RedirectFault.SCHEME,
          "the URL "
              + PeerText.excerpt(text)
              + " is neither http nor https; other schemes are not followed");
    }
    String authority = uri.getRawAuthority();
    if (uri.isOpaque() || authority == null || authority.isEmpty()) {
      throw bad(text, "has no host");
    }
    if (authority.indexOf('@') >= 0) {
      throw bad(text, "has user info before its host");
    }
    Authority place = Authority.parse(authority, scheme, text);
    requirePath(uri.getRawPath(), text);
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    try {
      URI strict = new URI(scheme + "://" + place.text + path + query);
      return new ContentUrl(strict, Origin.of(strict), place.address);
    } catch (URISyntaxException e) {
      throw bad(text, "is malformed: " + e.getReason());
    }
  }

  private static void requireCharacters(String text) throws RedirectException {
    if (text.length() > MAX_LENGTH) {
      throw bad(text, "is longer than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        throw bad(
            text,
            "has a character outside of ASCII, at index "
                + i
                + ": an international host name is written in its form in ASCII (xn--…), the rest"
                + " escaped");
      }
      if (c <= ' ' || c > '~' || NEVER.indexOf(c) >= 0) {
        throw bad(text, "has a character that is not allowed in URLs, at index " + i);
      }
      if (c == '%' && isControl(escaped(text, i))) {
        throw bad(text, "has an escaped control character, at index " + i);
      }
    }
  }

  /** Returns the byte that the escape at {@code index} stands for, or -1 if it is not an escape. */
  private static int escaped(String text, int index) {
    if (index + 2 >= text.length()) {
      return -1;
    }
    int upper = Character.digit(text.charAt(index + 1), 16);
    int lower = Character.digit(text.charAt(index + 2), 16);
    return upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
  }

  private static boolean isControl(int c) {
    return (c >= 0 && c < ' ') || c == 0x7f;
  }

  /** Refuses dot segments: they leave the directory, for some libraries even if escaped. */
  private static void requirePath(String path, String text) throws RedirectException {
    String plain =
        path.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "/");
    for (String segment : List.of(plain.split("/", -1))) {
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      if (name.equals(".") || name.equals("..")) {
        throw bad(text, "has a dot segment in its path");
      }
    }
  }

  private static RedirectException bad(String text, String what) {
    return new RedirectException(
        RedirectFault.BAD_URL, "the URL " + PeerText.excerpt(text) + " " + what);
  }

  /** Returns the host, an IPv6 address without brackets. */
  String host() {
    String host = origin.host();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns whether it is https. */
  boolean isSecure() {
    return origin.isSecure();
  }

  /** Returns whether {@code other} has the same origin, and the same path or one below it. */
  boolean contains(ContentUrl other) {
    return origin.equals(other.origin) && isBelow(uri.getRawPath(), other.uri.getRawPath());
  }

  private static boolean isBelow(String directory, String path) {
    return path.equals(directory)
        || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
  }

  /** Host and port in canonical form. */
  private record Authority(String text, @Nullable InetAddress address) {
    static Authority parse(String authority, String scheme, String url) throws RedirectException {
      int colon = authority.lastIndexOf(':');
      boolean hasPort = colon > authority.lastIndexOf(']');
      String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
      String port = hasPort ? port(authority.substring(colon + 1), scheme, url) : "";
      if (host.startsWith("[") && host.endsWith("]")) {
        InetAddress address = AddressLiteral.parse(host.substring(1, host.length() - 1));
        if (address == null || host.indexOf(':') < 0) {
          throw bad(url, "has brackets around something other than an IPv6 address");
        }
        return new Authority(host + port, address);
      }
      InetAddress address = AddressLiteral.parse(host);
      if (address == null && HostName.looksNumeric(host)) {
        throw bad(url, "has a numeric host that is not an address in its usual form");
      }
      if (address == null && !HostName.isName(host)) {
        throw bad(
            url, "has a host with characters other than letters, digits, hyphens and underscores");
      }
      return new Authority(host + port, address);
    }

    private static String port(String digits, String scheme, String url) throws RedirectException {
      if (digits.isEmpty()) {
        return "";
      }
      if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > MAX_PORT) {
        throw bad(url, "has a malformed port");
      }
      return digits.equals(scheme.equals("https") ? "443" : "80") ? "" : ":" + digits;
    }
  }
}
