// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.hgwire.client.ContentHosts;
import org.hgwire.client.TlsOptions;
import org.jspecify.annotations.Nullable;

/** Converts {@link TlsOptions} to settings of OkHttp. */
final class TlsSettings {
  private TlsSettings() {}

  /**
   * Applies {@code options}.
   *
   * @throws IllegalArgumentException if the client key cannot be used
   */
  static void apply(OkHttpClient.Builder builder, TlsOptions options) {
    if (options.equals(TlsOptions.DEFAULT)) {
      return;
    }
    try {
      X509TrustManager trust =
          options.insecure() ? new TrustEverything() : trustManager(authorities(options));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(options), new TrustManager[] {trust}, null);
      builder.sslSocketFactory(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the TLS options cannot be used: " + e.getMessage(), e);
    }
    if (options.insecure()) {
      builder.hostnameVerifier((host, session) -> true);
    }
  }

  /** Returns a key store with only the authorities, or null for those of the platform. */
  private static @Nullable KeyStore authorities(TlsOptions options)
      throws GeneralSecurityException, IOException {
    if (options.authorities().isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate authority : options.authorities()) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    return store;
  }

  private static X509TrustManager trustManager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("the platform has no X.509 trust manager");
  }

  private static KeyManager @Nullable [] keyManagers(TlsOptions options)
      throws GeneralSecurityException {
    KeyStore store = options.clientKey();
    return keyManagers(
        store == null ? null : new ContentHosts.ClientKey(store, options.clientKeyPassword()));
  }

  /** Returns the key managers that present a client's certificate, or null if there is none. */
  static KeyManager @Nullable [] keyManagers(ContentHosts.@Nullable ClientKey key)
      throws GeneralSecurityException {
    if (key == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(key.store(), key.password().toCharArray());
    return factory.getKeyManagers();
  }

  /** Accepts any certificate, for {@link TlsOptions#insecure()}. */
  private static final class TrustEverything implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
