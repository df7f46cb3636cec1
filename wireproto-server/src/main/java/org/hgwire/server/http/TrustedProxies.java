// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map.Entry;
import org.hgwire.redirects.Cidr;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of a client behind proxies. X-Forwarded-For is read from the right, and only as
 * far as each entry was added by a trusted proxy: a client can send any value, but that ends up to
 * the left of what the first trusted proxy adds.
 */
final class TrustedProxies {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /**
   * At most this many entries are read. It bounds work on a field that the HTTP server has bounded
   * already, so it is no {@link org.hgwire.core.WireLimit}.
   */
  private static final int MAX_HOPS = 32;

  private final List<Cidr> trusted;

  TrustedProxies(List<Cidr> trusted) {
    this.trusted = trusted;
  }

  /** Returns the connection of a request, with the address of the client. */
  ClientConnection originOf(RequestHead request) {
    ClientConnection connection = request.connection();
    if (trusted.isEmpty()
        || !(connection.address() instanceof InetSocketAddress peer)
        || peer.getAddress() == null) {
      return connection;
    }
    InetAddress nearest = peer.getAddress();
    List<String> hops = hops(request.fields());
    for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
      InetAddress hop = address(hops.get(i));
      if (hop == null) {
        // The entry is not an address: the client is hidden, and the last known address counts.
        break;
      }
      nearest = hop;
    }
    return nearest.equals(peer.getAddress())
        ? connection
        : connection.withAddress(new InetSocketAddress(nearest, 0));
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static List<String> hops(HttpFields fields) {
    List<String> hops = new ArrayList<>();
    for (Entry<String, String> field : fields.entries()) {
      if (field.getKey().equalsIgnoreCase(FORWARDED_FOR)) {
        hops.addAll(Arrays.asList(field.getValue().split(",", -1)));
      }
    }
    return hops.subList(Math.max(0, hops.size() - MAX_HOPS), hops.size());
  }

  private static @Nullable InetAddress address(String hop) {
    String text = hop.strip();
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[") && text.contains("]")) {
      text = text.substring(1, text.indexOf(']'));
    } else if (colon >= 0 && text.indexOf(':') == colon) {
      text = text.substring(0, colon);
    }
    try {
      return text.contains("/") ? null : Cidr.parse(text).network();
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
