// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Dns;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectException;

/**
 * Resolves names to addresses that the policy allows, and to nothing if it does not allow all of
 * them. The addresses that were checked are those that are connected to: a name that is resolved
 * otherwise the next time is checked the next time. The user's own proxy may be anywhere.
 */
final class CheckedDns implements Dns {
  private final Dns resolver;
  private final AddressPolicy policy;
  private final Set<String> proxies = ConcurrentHashMap.newKeySet();

  CheckedDns(Dns resolver, AddressPolicy policy) {
    this.resolver = resolver;
    this.policy = policy;
  }

  /** Notes the name of a proxy: OkHttp resolves it in the same way as that of a host. */
  void addProxy(String hostname) {
    proxies.add(hostname);
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    List<InetAddress> addresses = List.copyOf(resolver.lookup(hostname));
    if (!proxies.contains(hostname)) {
      try {
        policy.requireAllowed(hostname, addresses);
      } catch (RedirectException e) {
        throw (UnknownHostException)
            new UnknownHostException(hostname + " may not be connected to").initCause(e);
      }
    }
    return addresses;
  }

  /** Checks the addresses of a host that OkHttp does not resolve. */
  void require(String hostname) throws UnknownHostException, RedirectException {
    policy.requireAllowed(hostname, resolver.lookup(hostname));
  }
}
