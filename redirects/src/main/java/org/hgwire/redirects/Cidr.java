// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;

/**
 * A range of addresses, as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, RFC 4291). IPv4
 * ranges hold mapped IPv6 addresses ({@code ::ffff:10.0.0.1}) too.
 *
 * @param network the first address
 * @param prefixLength how many leading bits count
 */
public record Cidr(InetAddress network, int prefixLength) {
  /**
   * Reads a range; an address alone is a range of one. Names are not resolved.
   *
   * @throws IllegalArgumentException if {@code text} is not a range, or has bits set after the
   *     prefix
   */
  public static Cidr parse(String text) {
    throw new UnsupportedOperationException(text);
  }

  /** Returns whether the address is in the range. */
  public boolean contains(InetAddress address) {
    throw new UnsupportedOperationException(address.toString());
  }
}
