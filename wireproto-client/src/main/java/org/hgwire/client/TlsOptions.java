// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates TLS connections to the server trust and present.
 *
 * @param authorities the only certificates that are trusted as authorities; if empty, those of the
 *     platform are trusted. They count for a content host too if the server pins no certificates
 *     for it, and {@link org.hgwire.redirects.RedirectPolicy#authorities()} is empty
 * @param insecure whether any certificate and any host name is accepted: for tests, never for real.
 *     It does not count for content hosts, and pins of such a server are ignored
 * @param clientKey the key and certificate that the client presents when asked, or null
 * @param clientKeyPassword the password of the key, empty if none
 */
public record TlsOptions(
    List<X509Certificate> authorities,
    boolean insecure,
    @Nullable KeyStore clientKey,
    String clientKeyPassword) {
  /** The platform's authorities, no client certificate. */
  public static final TlsOptions DEFAULT = new TlsOptions(List.of(), false, null, "");

  /** Copies the list. */
  public TlsOptions {
    authorities = List.copyOf(authorities);
  }

  /**
   * Returns options that trust the certificates of a PEM file, and no others.
   *
   * @throws IOException if the file cannot be read or holds no certificate
   */
  public static TlsOptions trusting(Path pemFile) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(pemFile)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (certificate instanceof X509Certificate x509) {
          found.add(x509);
        }
      }
    } catch (CertificateException e) {
      throw new IOException(pemFile + " holds no X.509 certificates in PEM form.", e);
    }
    if (found.isEmpty()) {
      throw new IOException(pemFile + " holds no X.509 certificates in PEM form.");
    }
    return trusting(found.toArray(X509Certificate[]::new));
  }

  /** Returns options that trust these authorities, and no others. */
  public static TlsOptions trusting(X509Certificate... authorities) {
    return new TlsOptions(List.of(authorities), false, null, "");
  }

  /** Returns options that accept any certificate for any host: for tests, never for real. */
  public static TlsOptions acceptAnything() {
    return new TlsOptions(List.of(), true, null, "");
  }

  /** Returns these options with a client certificate, for mutual TLS. */
  public TlsOptions withClientKey(KeyStore store, String password) {
    return new TlsOptions(authorities, insecure, store, password);
  }
}
