// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognizes hosts that are addresses outside the public network, and names of the local machine.
 * Nothing is resolved: other names may still lead to such an address.
 */
final class LocalHosts {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  private LocalHosts() {}

  static boolean isLocal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost") || name.endsWith(".local")) {
      return true;
    }
    boolean literal = name.startsWith("[") || IPV4.matcher(name).matches();
    try {
      return literal && isLocal(InetAddress.getByName(name)); // a literal is not looked up
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private static boolean isLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    return shared
        || uniqueLocal
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }
}
