// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hgwire.redirects.Cidr;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.server.command.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Ready-made policies. Each moves the entries that it prefers to the front and keeps the order
 * otherwise, so the last of several, joined by {@link CloneBundlePolicy#andThen}, has priority.
 *
 * <p>Entries are distinguished by the host's own attributes, in lower case, such as {@code
 * ec2region=us-west-2} or {@code cdn=true}.
 */
public final class CloneBundlePolicies {
  /** Private addresses of IPv4 (RFC 1918) and unique local ones of IPv6 (RFC 4193). */
  public static final List<Cidr> PRIVATE_NETWORKS =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
          .map(Cidr::parse)
          .toList();

  private CloneBundlePolicies() {}

  /**
   * Puts bundles in the region of the client's address first.
   *
   * @param attribute the attribute that names the region of an entry, such as {@code ec2region}
   * @param regions the regions of addresses
   */
  public static CloneBundlePolicy regionFirst(String attribute, AddressRegions regions) {
    return (caller, entries) -> {
      String region = regionOf(caller, regions);
      return region == null ? entries : first(entries, is(attribute, region));
    };
  }

  /**
   * Puts bundles in the region of the client's address first and removes those of other regions:
   * for stores whose content must not leave their region. Entries without the attribute are for all
   * clients.
   *
   * @param attribute the attribute that names the region of an entry
   * @param regions the regions of addresses
   */
  public static CloneBundlePolicy regionOnly(String attribute, AddressRegions regions) {
    return (caller, entries) -> {
      String region = regionOf(caller, regions);
      List<CloneBundleEntry> shown =
          entries.stream()
              .filter(
                  entry -> {
                    String where = entry.attribute(attribute);
                    return where == null || where.equals(region);
                  })
              .toList();
      return region == null ? shown : first(shown, is(attribute, region));
    };
  }

  /**
   * Puts bundles on a content delivery network first. Such a network has many hosts at one address:
   * its https entries get REQUIRESNI, so that clients that send no server names skip them.
   *
   * @param attribute the attribute of entries on the network, such as {@code cdn}, with any value
   */
  public static CloneBundlePolicy cdnFirstWithSni(String attribute) {
    return (caller, entries) ->
        first(entries, entry -> entry.attribute(attribute) != null).stream()
            .map(entry -> entry.attribute(attribute) == null ? entry : withSni(entry))
            .toList();
  }

  /**
   * Puts bundles inside a private network first for clients in it, and removes them for others.
   *
   * @param attribute the attribute of entries inside the network, such as {@code internal}, with
   *     any value
   * @param networks the address ranges of the network, such as {@link #PRIVATE_NETWORKS}
   */
  public static CloneBundlePolicy privateNetworkFirst(String attribute, List<Cidr> networks) {
    List<Cidr> inside = List.copyOf(networks);
    return (caller, entries) -> {
      InetAddress address = addressOf(caller);
      boolean isInside =
          address != null && inside.stream().anyMatch(network -> network.contains(address));
      return isInside
          ? first(entries, entry -> entry.attribute(attribute) != null)
          : entries.stream().filter(entry -> entry.attribute(attribute) == null).toList();
    };
  }

  private static @Nullable String regionOf(Caller caller, AddressRegions regions) {
    InetAddress address = addressOf(caller);
    return address == null ? null : regions.find(address);
  }

  private static @Nullable InetAddress addressOf(Caller caller) {
    return caller.connection().address() instanceof InetSocketAddress socket
        ? socket.getAddress()
        : null;
  }

  private static Predicate<CloneBundleEntry> is(String attribute, String value) {
    return entry -> value.equals(entry.attribute(attribute));
  }

  private static List<CloneBundleEntry> first(
      List<CloneBundleEntry> entries, Predicate<CloneBundleEntry> preferred) {
    List<CloneBundleEntry> ordered = new ArrayList<>(entries.stream().filter(preferred).toList());
    entries.stream().filter(preferred.negate()).forEach(ordered::add);
    return ordered;
  }

  private static CloneBundleEntry withSni(CloneBundleEntry entry) {
    if (!entry.url().regionMatches(true, 0, "https:", 0, "https:".length())) {
      return entry;
    }
    Map<String, String> attributes = new LinkedHashMap<>(entry.attributes());
    attributes.putIfAbsent(CloneBundleEntry.REQUIRESNI, "true");
    return new CloneBundleEntry(entry.line(), entry.url(), attributes);
  }
}
