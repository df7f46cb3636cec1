// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of hosts: what may be one in a URL, and the one form in which names are compared. */
public final class HostName {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  private static final int MAX_LENGTH = 253;

  private HostName() {}

  /**
   * Returns whether the last label begins with a digit: no such name exists, and platforms read it
   * as an IPv4 address in one of several ways, as {@code 127.1} or {@code 0x7f000001}.
   */
  public static boolean looksNumeric(String name) {
    String last = withoutDot(name);
    last = last.substring(last.lastIndexOf('.') + 1);
    return !last.isEmpty() && last.charAt(0) >= '0' && last.charAt(0) <= '9';
  }

  /** Returns whether it is letters, digits, hyphens and dots as RFC 1123 has them, lower case. */
  public static boolean isName(String name) {
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches() && !looksNumeric(name);
  }

  /**
   * Returns a name in lower case, without a dot at the end, international labels in ASCII (IDNA),
   * or null if that is no name.
   */
  public static @Nullable String canonical(String text) {
    String name = withoutDot(text);
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return null;
    }
    try {
      name = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return isName(name) ? name : null;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
