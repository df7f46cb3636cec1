// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key and its issuer, for signing others, or for a server.
 *
 * @param issuer the issuer, or null if it is self-signed
 */
public record TestCertificate(
    X509Certificate certificate, KeyPair keys, @Nullable TestCertificate issuer) {
  /** Returns a request for an authority: CA:TRUE, keyCertSign and cRLSign, valid for some years. */
  public static TestCertificateRequest authority(String name) {
    return TestCertificateRequest.authority(name);
  }

  /**
   * Returns a request for the certificate of a server: digitalSignature, serverAuth, valid for a
   * year, for the names and addresses given.
   */
  public static TestCertificateRequest server(String... hosts) {
    return TestCertificateRequest.server(hosts);
  }

  /** Creates a key on the curve P-256. */
  public static KeyPair ecKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates an RSA key; one of 2048 bits takes a moment. */
  public static KeyPair rsaKeys(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the private key. */
  public PrivateKey key() {
    return keys.getPrivate();
  }

  /** Returns the certificate as DER. */
  public ByteString der() {
    try {
      return ByteString.copyOf(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns this certificate and those of its issuers, without the self-signed one. */
  public List<X509Certificate> chain() {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate);
    TestCertificate next = issuer;
    while (next != null && next.issuer() != null) {
      chain.add(next.certificate());
      next = next.issuer();
    }
    return List.copyOf(chain);
  }

  /** Returns the TLS of a server that shows this certificate with its {@link #chain}. */
  public SSLContext serverContext() {
    return FixedKey.serverContext(chain(), key());
  }
}
