// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.hgwire.redirects.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * A table of address ranges and their regions; if several ranges contain an address, the longest
 * prefix counts. Immutable; takes about 150 bytes per range. A lookup takes one step per prefix
 * length in the table, whatever the number of ranges.
 */
public final class AddressRegions {
  private final Map<Cidr, String> regions;
  private final int[] ipv4Lengths;
  private final int[] ipv6Lengths;

  private AddressRegions(Map<Cidr, String> regions) {
    this.regions = Map.copyOf(regions);
    this.ipv4Lengths = lengths(true);
    this.ipv6Lengths = lengths(false);
  }

  private int[] lengths(boolean ipv4) {
    TreeSet<Integer> found = new TreeSet<>();
    regions.keySet().stream()
        .filter(range -> range.isIpv4() == ipv4)
        .forEach(range -> found.add(range.prefixLength()));
    return found.descendingSet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns a builder of a table. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the region of an address, or null if no range contains it. */
  public @Nullable String find(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int length : bytes.length == 4 ? ipv4Lengths : ipv6Lengths) {
      String region = regions.get(Cidr.of(masked(bytes, length), length));
      if (region != null) {
        return region;
      }
    }
    return null;
  }

  private static InetAddress masked(byte[] address, int length) {
    byte[] network = Arrays.copyOf(address, (length + 7) / 8);
    if (length % 8 != 0) {
      network[length / 8] &= (byte) (0xff00 >> length % 8);
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOf(network, address.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /** Returns how many ranges there are. */
  public int size() {
    return regions.size();
  }

  /** Collects ranges. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<Cidr, String> regions = new HashMap<>();

    private Builder() {}

    /** Adds a range; replaces the region if the range was added before. */
    public Builder add(Cidr range, String region) {
      regions.put(range, region);
      return this;
    }

    /** Adds all ranges of another table. */
    public Builder addAll(AddressRegions others) {
      regions.putAll(others.regions);
      return this;
    }

    /** Returns the table. */
    public AddressRegions build() {
      return new AddressRegions(regions);
    }
  }
}
