// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.hgwire.client.ContentHosts;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.trust.ContentTrust;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client for each set of pins, client key and proxy, each with its own TLS context, TLS
 * sessions and connections: what was negotiated for one set is never used for another. The least
 * recently used ones are closed. Safe for use by several threads.
 */
final class ContentClients implements AutoCloseable {
  /** Bounds the clients that are kept; the sets of pins come from a peer, the clients do not. */
  static final int MAX_CLIENTS = 16;

  private static final int IDLE_CONNECTIONS = 4;
  private static final long IDLE_SECONDS = 60;

  private final OkHttpClient base;
  private final List<X509Certificate> authorities;
  private final RedirectPolicy policy;
  private final MeterRules meters;
  private final Map<Key, OkHttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

  ContentClients(
      OkHttpClient base,
      List<X509Certificate> authorities,
      RedirectPolicy policy,
      MeterRules meters) {
    this.base = base;
    this.authorities = authorities;
    this.policy = policy;
    this.meters = meters;
  }

  /**
   * What connections are kept apart by.
   *
   * @param pins the certificates that the server has to show
   * @param clientKey what is presented to it, or null
   * @param proxy the proxy, or null for that of the selector
   */
  record Key(PinSet pins, ContentHosts.@Nullable ClientKey clientKey, @Nullable Proxy proxy) {}

  /** Returns the client for a set of pins, a client key and a proxy. */
  synchronized OkHttpClient of(Key key) {
    OkHttpClient client = clients.get(key);
    if (client == null) {
      client = make(key);
      clients.put(key, client);
      if (clients.size() > MAX_CLIENTS) {
        Key eldest = clients.keySet().iterator().next();
        evict(clients.remove(eldest));
      }
    }
    return client;
  }

  private static void evict(@Nullable OkHttpClient client) {
    if (client != null) {
      client.connectionPool().evictAll();
    }
  }

  /** Closes the idle connections of a client that is no longer kept. */
  synchronized void settle(OkHttpClient client) {
    if (!clients.containsValue(client)) {
      evict(client);
    }
  }

  private OkHttpClient make(Key key) {
    ContentTrust trust = ContentTrust.of(key.pins(), authorities, policy);
    X509ExtendedTrustManager manager = trust.trustManager();
    SSLContext context;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(TlsSettings.keyManagers(key.clientKey()), new TrustManager[] {manager}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the client key for a content host cannot be used: " + e.getMessage(), e);
    }
    HostnameVerifier standard = base.hostnameVerifier();
    OkHttpClient.Builder client = base.newBuilder();
    client
        .proxy(key.proxy())
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
        .sslSocketFactory(context.getSocketFactory(), manager)
        // With a verifier that is not its default, OkHttp never reuses a connection for another
        // host.
        .hostnameVerifier(
            (host, session) -> policy.ignoreHostName() || standard.verify(host, session))
        .addNetworkInterceptor(new ExchangeCheck(trust, policy.addresses()));
    return MeteredExchange.on(client.build(), meters);
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(ContentClients::evict);
    clients.clear();
  }
}
