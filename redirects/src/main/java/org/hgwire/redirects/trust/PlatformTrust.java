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
 * The path check of the platform, against its own authorities. Where the user wants no expiry
 * checked, which it has no switch for, {@link PathCheck} takes its place with the same authorities.
 */
final class PlatformTrust {
  /**
   * What a chain was shown on.
   *
   * @param authType how keys are exchanged, as the TLS of the platform names it
   * @param socket what is connected, or null
   * @param engine what is connected, or null
   */
  record Connection(String authType, @Nullable Socket socket, @Nullable SSLEngine engine) {
    /** No handshake is going on; the name is what TLS 1.3 has for the key exchange. */
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
      throw new IllegalStateException("the platform has no trust of its own", e);
    }
    throw new IllegalStateException("the platform has no trust of its own");
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

  /** With the connection it also checks the host name, if the connection was told to. */
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
