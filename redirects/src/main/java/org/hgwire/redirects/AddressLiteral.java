// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses addresses without ever asking a name server: IPv4 as four decimal numbers without leading
 * zeros, IPv6 as in RFC 4291. Shorter, octal and hexadecimal forms of IPv4, which platforms
 * interpret differently, are refused, and so are zone ids.
 */
public final class AddressLiteral {
  private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Pattern IPV4 = Pattern.compile(NUMBER + "(?:\\." + NUMBER + "){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:(" + IPV4.pattern() + ")?");

  private static final Pattern IPV6_DIGITS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  /** The length of an IPv6 address with an IPv4 address at its end. */
  private static final int MAX_LENGTH = 45;

  private AddressLiteral() {}

  /** Returns the address that {@code text}, without brackets, stands for; null if it is not one. */
  public static @Nullable InetAddress parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    if (IPV4.matcher(text).matches()) {
      return resolved(text);
    }
    if (IPV6_DIGITS.matcher(text).matches() || IPV6.matcher(text).matches()) {
      return resolved("[" + text + "]");
    }
    return null;
  }

  /** No name server is asked for digits and dots alone, or for what is in brackets. */
  private static @Nullable InetAddress resolved(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      return literal.startsWith("[") && address instanceof Inet4Address ? mapped(address) : address;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Returns the mapped address again: the platform turns it into the IPv4 address inside. */
  private static InetAddress mapped(InetAddress held) throws UnknownHostException {
    ByteBuffer bytes = ByteBuffer.allocate(16).putInt(8, 0xffff).put(12, held.getAddress());
    return Inet6Address.getByAddress(null, bytes.array(), -1);
  }
}
