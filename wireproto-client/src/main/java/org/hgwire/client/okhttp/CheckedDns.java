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
 * Resolves names to addresses, and fails if the policy does not allow all of them. OkHttp connects
 * to the addresses that were checked; if a name resolves to others the next time, those are checked
 * then. The user's proxy may have any address.
 */
final class CheckedDns implements Dns {
  private final Dns resolver;
  private final AddressPolicy policy;
  private final Set<String> proxies = ConcurrentHashMap.newKeySet();

  CheckedDns(Dns resolver, AddressPolicy policy) {
    this.resolver = resolver;
    this.policy = policy;
  }

  /** Notes the name of a proxy: OkHttp resolves it like that of a host. */
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
            new UnknownHostException(hostname + " is not an allowed host").initCause(e);
      }
    }
    return addresses;
  }

  /** Checks the addresses of a host that OkHttp does not resolve. */
  void require(String hostname) throws UnknownHostException, RedirectException {
    policy.requireAllowed(hostname, resolver.lookup(hostname));
  }
}
