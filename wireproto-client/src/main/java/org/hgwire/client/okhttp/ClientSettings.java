// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import org.hgwire.client.PeerOptions;

/** Converts the options of a peer to settings of OkHttp. */
final class ClientSettings {
  private ClientSettings() {}

  /** Returns a new client for {@code options}. */
  static OkHttpClient of(PeerOptions options) {
    OkHttpClient.Builder builder = withRules(new OkHttpClient.Builder(), options);
    TlsSettings.apply(builder, options.tls());
    return builder.build();
  }

  /** Sets what a transport guarantees, whatever the builder had before. */
  static OkHttpClient.Builder withRules(OkHttpClient.Builder builder, PeerOptions options) {
    ProxyLogin login = new ProxyLogin(options.proxies());
    return builder
        .followRedirects(false)
        .followSslRedirects(false)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .authenticator(Authenticator.NONE)
        .eventListener(HandshakeTimer.EVENTS)
        .connectTimeout(options.connectTimeout())
        .readTimeout(options.firstByteTimeout())
        .writeTimeout(options.idleTimeout())
        .proxyAuthenticator(login)
        .addNetworkInterceptor(login);
  }
}
