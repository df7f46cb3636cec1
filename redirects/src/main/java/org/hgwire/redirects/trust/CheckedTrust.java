// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/** {@link ContentTrust} as a trust manager for the platform's TLS. */
final class CheckedTrust extends X509ExtendedTrustManager {
  private final ContentTrust trust;

  CheckedTrust(ContentTrust trust) {
    this.trust = trust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    check(chain, host(session), new PlatformTrust.Connection(authType, socket, null));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    SSLSession session = engine.getHandshakeSession();
    String host = session == null ? engine.getPeerHost() : host(session);
    check(chain, host, new PlatformTrust.Connection(authType, null, engine));
  }

  /** The host is unknown here, so this succeeds only if host names are not checked. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, null, new PlatformTrust.Connection(authType, null, null));
  }

  private static @Nullable String host(@Nullable SSLSession session) {
    return session == null ? null : session.getPeerHost();
  }

  private void check(
      X509Certificate[] chain, @Nullable String host, PlatformTrust.Connection connection)
      throws CertificateException {
    try {
      trust.require(List.of(chain), host, connection);
    } catch (RedirectException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noClients();
  }

  private static CertificateException noClients() {
    return new CertificateException(
        "this trust manager is for content hosts: it trusts no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.anchors().toArray(X509Certificate[]::new);
  }
}
