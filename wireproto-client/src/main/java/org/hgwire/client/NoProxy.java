// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.redirects.AddressLiteral;
import org.hgwire.redirects.Cidr;
import org.hgwire.redirects.HostName;
import org.hgwire.redirects.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are not reached through a proxy: the variable {@code no_proxy}. Immutable.
 *
 * @param entries its entries; those that are not valid match nothing
 * @param loopback whether this machine is among them
 */
record NoProxy(List<Entry> entries, boolean loopback) {
  /** No exceptions, not even this machine. */
  static final NoProxy NOTHING = new NoProxy(List.of(), false);

  /**
   * One entry.
   *
   * @param name the name of a host, for it and those below it; empty for every host, null for none
   * @param range addresses, or null
   * @param port the port, or -1 for any
   */
  record Entry(@Nullable String name, @Nullable Cidr range, int port) {
    private static Entry parse(String text) {
      if (text.equals("*")) {
        return new Entry("", null, -1);
      }
      Cidr whole = range(text);
      if (whole != null) {
        return new Entry(null, whole, -1);
      }
      int colon = text.lastIndexOf(':');
      String digits = text.substring(colon + 1);
      boolean hasPort = colon >= 0 && digits.matches("[0-9]{1,5}");
      String host = hasPort ? text.substring(0, colon) : text;
      int port = hasPort ? Integer.parseInt(digits) : -1;
      Cidr range = range(host);
      return range != null
          ? new Entry(null, range, port)
          : new Entry(HostName.canonical(host.replaceFirst("^\\*?\\.", "")), null, port);
    }

    private static @Nullable Cidr range(String text) {
      boolean brackets = text.startsWith("[") && text.endsWith("]");
      try {
        return Cidr.parse(brackets ? text.substring(1, text.length() - 1) : text);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private boolean matches(String host, @Nullable InetAddress address, int at) {
      if (port >= 0 && port != at) {
        return false;
      }
      if (range != null) {
        return address != null && range.contains(address);
      }
      return name != null && (name.isEmpty() || host.equals(name) || host.endsWith("." + name));
    }
  }

  /** Reads the variable; this machine is always among the exceptions. */
  static NoProxy parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String each : text.split("[,\\s]+", -1)) {
      if (!each.isEmpty()) {
        entries.add(Entry.parse(each));
      }
    }
    return new NoProxy(List.copyOf(entries), true);
  }

  /** Returns whether a server is among them. */
  boolean contains(Origin origin) {
    String host = origin.host();
    boolean brackets = host.startsWith("[");
    InetAddress address =
        AddressLiteral.parse(brackets ? host.substring(1, host.length() - 1) : host);
    if (loopback
        && (host.equals("localhost") || (address != null && address.isLoopbackAddress()))) {
      return true;
    }
    String name = address == null ? HostName.canonical(host) : null;
    for (Entry entry : entries) {
      if (entry.matches(name == null ? "" : name, address, origin.port())) {
        return true;
      }
    }
    return false;
  }
}
