// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that no public host has (the registries of RFC 6890 and its successors). Public IPv6
 * addresses are global unicast, 2000::/3, and NAT64 (64:ff9b::/96), which most names resolve to on
 * a network without IPv4: there the IPv4 address inside decides.
 */
final class SpecialAddresses {
  private record Special(Cidr range, String name) {
    static Special of(String range, String name) {
      return new Special(Cidr.parse(range), name);
    }
  }

  private static final List<Special> IPV4 =
      List.of(
          Special.of("0.0.0.0/8", "of this host"),
          Special.of("10.0.0.0/8", "private"),
          Special.of("100.64.0.0/10", "shared by a provider (CGNAT)"),
          Special.of("127.0.0.0/8", "loopback"),
          Special.of("169.254.0.0/16", "link-local"),
          Special.of("172.16.0.0/12", "private"),
          Special.of("192.0.0.0/24", "for protocols"),
          Special.of("192.0.2.0/24", "for documentation"),
          Special.of("192.88.99.0/24", "of 6to4 relays"),
          Special.of("192.168.0.0/16", "private"),
          Special.of("198.18.0.0/15", "for benchmarks"),
          Special.of("198.51.100.0/24", "for documentation"),
          Special.of("203.0.113.0/24", "for documentation"),
          Special.of("224.0.0.0/4", "multicast"),
          Special.of("255.255.255.255/32", "broadcast"),
          Special.of("240.0.0.0/4", "reserved"));

  private static final List<Special> IPV6 =
      List.of(
          Special.of("::/128", "of this host"),
          Special.of("::1/128", "loopback"),
          Special.of("::/96", "IPv4-compatible"),
          Special.of("64:ff9b:1::/48", "of a local NAT64"),
          Special.of("100::/64", "for discarding"),
          Special.of("2001::/32", "Teredo, which contains IPv4 addresses"),
          Special.of("2001::/23", "for protocols"),
          Special.of("2001:db8::/32", "for documentation"),
          Special.of("2002::/16", "6to4, which contains an IPv4 address"),
          Special.of("3fff::/20", "for documentation"),
          Special.of("fc00::/7", "unique local"),
          Special.of("fe80::/10", "link-local"),
          Special.of("fec0::/10", "site-local"),
          Special.of("ff00::/8", "multicast"));

  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

  private SpecialAddresses() {}

  /** Returns the kind of the address, as a predicate to follow "is"; null if it is public. */
  static @Nullable String kindOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == Integer.BYTES) {
      return find(IPV4, address);
    }
    if (Cidr.unmapped(bytes).length == Integer.BYTES) {
      return "IPv4-mapped";
    }
    if (NAT64.contains(address)) {
      String held = find(IPV4, ipv4(Arrays.copyOfRange(bytes, 12, 16)));
      return held == null ? null : "NAT64 of an address that is " + held;
    }
    String kind = find(IPV6, address);
    return kind != null || GLOBAL_UNICAST.contains(address) ? kind : "not global unicast";
  }

  private static @Nullable String find(List<Special> table, InetAddress address) {
    for (Special special : table) {
      if (special.range().contains(address)) {
        return special.name();
      }
    }
    return null;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 bytes are an address", e);
    }
  }
}
