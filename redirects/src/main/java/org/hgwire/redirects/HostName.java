// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names: which are valid in a URL, and the canonical form in which they are compared. */
public final class HostName {
  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";

  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  /** RFC 1035, section 2.3.4, as text. */
  private static final int MAX_LENGTH = 253;

  private HostName() {}

  /**
   * Returns whether the last label begins with a digit: no such name exists, and platforms parse it
   * as an IPv4 address in different ways, for example {@code 127.1} or {@code 0x7f000001}.
   */
  public static boolean looksNumeric(String name) {
    String last = withoutDot(name);
    last = last.substring(last.lastIndexOf('.') + 1);
    return !last.isEmpty() && last.charAt(0) >= '0' && last.charAt(0) <= '9';
  }

  /**
   * Returns whether {@code name} is a name in lower case as RFC 1123 defines it, or one with
   * underscores: name servers and container networks have such names. Labels that begin with {@code
   * xn--} have to stand for another form of themselves: libraries read others each in its own way.
   */
  public static boolean isName(String name) {
    return name.length() <= MAX_LENGTH
        && NAME.matcher(name).matches()
        && !looksNumeric(name)
        && Punycode.isValidIn(name);
  }

  /**
   * Returns a name in lower case, without a dot at the end, international labels in ASCII (IDNA),
   * or null if that is not a name.
   */
  public static @Nullable String canonical(String text) {
    String name = withoutDot(text);
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return null;
    }
    try {
      name = IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return isName(name) ? name : null;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
