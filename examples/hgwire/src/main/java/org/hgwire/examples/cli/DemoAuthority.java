// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hgwire.client.TlsOptions;
import org.hgwire.core.ByteString;

/** A certificate authority for the demo, and the certificates that it signs. */
final class DemoAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair keys;
  private final X509Certificate certificate;

  private DemoAuthority(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /**
   * A server's certificate, for 127.0.0.1, and its key.
   *
   * @param key the key
   * @param certificate the certificate
   */
  record Identity(PrivateKey key, X509Certificate certificate) {
    /** Returns the certificate as DER. */
    ByteString der() throws IOException {
      try {
        return ByteString.copyOf(certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IOException("the demo's certificate has no encoding", e);
      }
    }

    /** Returns the TLS context of a server that presents the certificate. */
    SslContext tls() throws IOException {
      return SslContextBuilder.forServer(key, certificate).build();
    }
  }

  /** Creates an authority. */
  static DemoAuthority create() throws IOException {
    KeyPair keys = keyPair();
    X500Name name = new X500Name("CN=authority of the hgwire demo");
    return new DemoAuthority(keys, sign(keys, name, keys, name, true));
  }

  /** Returns a new server certificate, different each time. */
  Identity certify() throws IOException {
    KeyPair pair = keyPair();
    X500Name issuer = new X500Name("CN=authority of the hgwire demo");
    X500Name subject = new X500Name("CN=a server of the hgwire demo");
    return new Identity(pair.getPrivate(), sign(keys, issuer, pair, subject, false));
  }

  /** Returns the options of a client that trusts this authority alone. */
  TlsOptions trusting() {
    return TlsOptions.trusting(certificate);
  }

  private static KeyPair keyPair() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM cannot create keys on the curve secp256r1", e);
    }
  }

  private static X509Certificate sign(
      KeyPair issuerKeys, X500Name issuer, KeyPair keys, X500Name subject, boolean authority)
      throws IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(64, RANDOM).setBit(63),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (authority) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    } else {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    }
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IOException("the demo's certificate cannot be signed", e);
    }
  }
}
