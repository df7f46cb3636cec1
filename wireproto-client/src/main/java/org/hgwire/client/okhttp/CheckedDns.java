// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectException;

/**
 * Resolves names to addresses that the policy allows, and to nothing if it does not allow all of
 * them. The addresses that were checked are those that are connected to: a name that is resolved
 * otherwise the next time is checked the next time.
 */
final class CheckedDns implements Dns {
  private final Dns resolver;
  private final AddressPolicy policy;

  CheckedDns(Dns resolver, AddressPolicy policy) {
    this.resolver = resolver;
    this.policy = policy;
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    List<InetAddress> addresses = List.copyOf(resolver.lookup(hostname));
    try {
      policy.requireAllowed(hostname, addresses);
      return addresses;
    } catch (RedirectException e) {
      throw (UnknownHostException)
          new UnknownHostException(hostname + " may not be connected to").initCause(e);
    }
  }
}
