// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * To which addresses a server may send a client. Loopback, link-local, private, shared (CGNAT),
 * unique local and multicast addresses, those of documentation and protocols, and IPv6 addresses
 * that hold such an IPv4 address are refused unless the user allows them: a server must not make a
 * client talk to its own network. Immutable.
 *
 * @param hosts names of hosts, in lower case, all of whose addresses are allowed
 * @param ranges ranges of addresses that are allowed
 */
public record AddressPolicy(Set<String> hosts, List<Cidr> ranges) {
  /** Public addresses alone. */
  public static final AddressPolicy PUBLIC = new AddressPolicy(Set.of(), List.of());

  /** Copies the collections. */
  public AddressPolicy {
    hosts = Set.copyOf(hosts);
    ranges = List.copyOf(ranges);
  }

  /** Returns this policy with one more exception: {@code HOST} or {@code CIDR}. */
  public AddressPolicy allowing(String hostOrRange) {
    throw new UnsupportedOperationException(hostOrRange);
  }

  /**
   * Checks what a host name was resolved to, immediately before connecting: the addresses that are
   * checked are those that are connected to.
   *
   * @param host the host of the URL, as a name or an address
   * @throws RedirectException with {@link RedirectFault#ADDRESS} if one of them is not allowed
   */
  public void requireAllowed(String host, List<InetAddress> addresses) throws RedirectException {
    throw new UnsupportedOperationException(host);
  }
}
