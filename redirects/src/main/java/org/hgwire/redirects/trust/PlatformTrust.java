// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The platform's path check, against its own authorities. If expiry is ignored, for which it has no
 * switch, {@link PathCheck} replaces it with the same authorities.
 */
final class PlatformTrust {
  /**
   * The connection on which a chain was shown.
   *
   * @param authType the key exchange, as the platform's TLS names it
   * @param socket the connected socket, or null
   * @param engine the connected engine, or null
   */
  record Connection(String authType, @Nullable Socket socket, @Nullable SSLEngine engine) {
    /** For no handshake; the name is the one that TLS 1.3 has for the key exchange. */
    static final Connection NONE = new Connection("UNKNOWN", null, null);
  }

  private final X509ExtendedTrustManager manager;
  private final @Nullable PathCheck withoutExpiry;
  private final boolean ignoreHostName;

  private PlatformTrust(X509ExtendedTrustManager manager, RedirectPolicy policy) {
    this.manager = manager;
    ignoreHostName = policy.ignoreHostName();
    withoutExpiry =
        policy.ignoreExpiry()
            ? new PathCheck("the platform's authorities", anchors(manager), true)
            : null;
  }

  static PlatformTrust of(RedirectPolicy policy) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager x509) {
          return new PlatformTrust(x509, policy);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform has no X.509 trust manager", e);
    }
    throw new IllegalStateException("the platform has no X.509 trust manager");
  }

  void require(List<X509Certificate> chain, Connection connection) throws RedirectException {
    if (withoutExpiry != null) {
      withoutExpiry.require(chain);
      return;
    }
    try {
      check(chain.toArray(X509Certificate[]::new), connection);
    } catch (CertificateException e) {
      throw ServerCertificate.refused(
          "the platform does not trust the server's certificate: " + e.getMessage(), e);
    }
  }

  /**
   * With a connection this also checks the host name, if endpoint identification is switched on.
   */
  private void check(X509Certificate[] chain, Connection connection) throws CertificateException {
    if (connection.socket() != null && !ignoreHostName) {
      manager.checkServerTrusted(chain, connection.authType(), connection.socket());
    } else if (connection.engine() != null && !ignoreHostName) {
      manager.checkServerTrusted(chain, connection.authType(), connection.engine());
    } else {
      manager.checkServerTrusted(chain, connection.authType());
    }
  }

  List<X509Certificate> anchors() {
    return anchors(manager);
  }

  private static List<X509Certificate> anchors(X509ExtendedTrustManager manager) {
    return List.of(manager.getAcceptedIssuers());
  }
}
