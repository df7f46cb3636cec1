// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The addresses to which a server may send a client. Loopback, link-local, private, shared (CGNAT),
 * unique local and multicast addresses, those reserved for documentation and protocols, and IPv6
 * addresses that contain an IPv4 address (mapped, compatible, 6to4, Teredo; NAT64 if it contains
 * one of these) are refused unless the user allows them: a server must not make a client talk to
 * its own network. Immutable.
 *
 * @param hosts names of hosts, in lower case, all of whose addresses are allowed
 * @param ranges ranges of addresses that are allowed, whatever the host
 */
public record AddressPolicy(Set<String> hosts, List<Cidr> ranges) {
  /** Allows public addresses only. */
  public static final AddressPolicy PUBLIC = new AddressPolicy(Set.of(), List.of());

  /** Copies the collections. */
  public AddressPolicy {
    hosts = Set.copyOf(hosts);
    ranges = List.copyOf(ranges);
  }

  /**
   * Returns this policy with one more exception.
   *
   * @param hostOrRange a host name in any case, with or without a dot at its end, international or
   *     in ASCII; or a range or an address that {@link Cidr#parse} accepts, an IPv6 address also in
   *     brackets
   * @throws IllegalArgumentException if it is none of these
   */
  public AddressPolicy allowing(String hostOrRange) {
    if (hostOrRange.startsWith("[") && hostOrRange.endsWith("]")) {
      return allowing(Cidr.parse(hostOrRange.substring(1, hostOrRange.length() - 1)));
    }
    if (hostOrRange.indexOf('/') >= 0
        || hostOrRange.indexOf(':') >= 0
        || HostName.looksNumeric(hostOrRange)) {
      return allowing(Cidr.parse(hostOrRange));
    }
    String name = HostName.canonical(hostOrRange);
    if (name == null) {
      throw new IllegalArgumentException(
          "neither a host name nor a range of addresses: " + hostOrRange);
    }
    Set<String> more = new TreeSet<>(hosts);
    more.add(name);
    return new AddressPolicy(more, ranges);
  }

  private AddressPolicy allowing(Cidr range) {
    List<Cidr> more = new ArrayList<>(ranges);
    more.add(range);
    return new AddressPolicy(hosts, more);
  }

  /**
   * Checks what a host name was resolved to, immediately before connecting to one of these
   * addresses. A single address that is not allowed refuses the host: a name with a public and a
   * private address is an attempt to get at the private one.
   *
   * @param host the host of the URL, as a name or an address
   * @throws RedirectException with {@link RedirectFault#ADDRESS} if an address is not allowed,
   *     {@link RedirectFault#UNKNOWN_HOST} if there are none
   */
  public void requireAllowed(String host, List<InetAddress> addresses) throws RedirectException {
    if (addresses.isEmpty()) {
      throw new RedirectException(
          RedirectFault.UNKNOWN_HOST, "the host " + PeerText.excerpt(host) + " has no address");
    }
    String name = HostName.canonical(host);
    if (name != null && hosts.contains(name)) {
      return;
    }
    for (InetAddress address : addresses) {
      String kind = refusal(address);
      if (kind != null) {
        throw new RedirectException(
            RedirectFault.ADDRESS,
            "the host "
                + PeerText.excerpt(host)
                + " has the address "
                + address.getHostAddress()
                + ", which is "
                + kind
                + ": servers may not send clients there unless its user allows the host or the"
                + " address");
      }
    }
  }

  /**
   * Returns why the address is not allowed, as a predicate to follow "is"; null if it is allowed.
   */
  private @Nullable String refusal(InetAddress address) {
    for (Cidr range : ranges) {
      if (range.contains(address)) {
        return null;
      }
    }
    return SpecialAddresses.kindOf(address);
  }
}
