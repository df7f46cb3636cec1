// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;
import org.hgwire.client.Proxies;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the proxy of a request to a content host.
 *
 * @param rules the proxies of the options
 * @param fixed the proxy of the caller's client, or null
 * @param selector is asked if neither of the above chooses
 */
record ProxyChoice(Proxies rules, @Nullable Proxy fixed, ProxySelector selector) {
  /** Returns the choice of the options of a peer. */
  static ProxyChoice of(Proxies rules) {
    return new ProxyChoice(rules, null, new OkHttpClient().proxySelector());
  }

  /** Returns the choice of the caller's client. */
  static ProxyChoice of(OkHttpClient client) {
    return new ProxyChoice(Proxies.PLATFORM, client.proxy(), client.proxySelector());
  }

  /** Returns the proxy for a URL, {@link Proxy#NO_PROXY} for none, or null if OkHttp chooses. */
  @Nullable Proxy fixedFor(URI url) {
    Proxy chosen = rules.proxyFor(url);
    return chosen == null ? fixed : chosen;
  }

  /** Returns the proxies that may be used for a URL. */
  List<Proxy> all(URI url) {
    Proxy chosen = fixedFor(url);
    // OkHttp does not ask a selector about a URL in which java.net.URI finds no host.
    if (chosen == null && url.getHost() != null) {
      List<Proxy> selected = selector.select(url);
      return selected == null ? List.of() : List.copyOf(selected);
    }
    return chosen == null ? List.of() : List.of(chosen);
  }
}
