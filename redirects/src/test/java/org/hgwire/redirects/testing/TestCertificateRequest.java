// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a certificate; the last value of each counts. Created by {@link
 * TestCertificate#authority} and {@link TestCertificate#server}.
 */
public final class TestCertificateRequest {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private X500Name subject;
  private Instant from = Instant.now().minus(1, ChronoUnit.DAYS);
  private Instant to = Instant.now().plus(365, ChronoUnit.DAYS);
  private @Nullable KeyPair keys;
  private @Nullable String signature;
  private @Nullable BasicConstraints constraints;
  private int usage;
  private List<KeyPurposeId> purposes = List.of();
  private List<String> hosts;
  private List<String> permitted = List.of();
  private List<String> excluded = List.of();
  private int padding;
  private boolean unknownCritical;

  private TestCertificateRequest(String name, List<String> hosts) {
    this.subject = new X500Name("CN=" + name);
    this.hosts = hosts;
  }

  static TestCertificateRequest authority(String name) {
    TestCertificateRequest request = new TestCertificateRequest(name, List.of());
    request.constraints = new BasicConstraints(true);
    return request
        .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
        .valid(Duration.ofDays(-1000), Duration.ofDays(3000));
  }

  static TestCertificateRequest server(String... hosts) {
    TestCertificateRequest request =
        new TestCertificateRequest(hosts.length == 0 ? "server" : hosts[0], List.of(hosts));
    return request.usage(KeyUsage.digitalSignature).purposes(KeyPurposeId.id_kp_serverAuth);
  }

  /** Sets the common name of the subject. */
  public TestCertificateRequest named(String commonName) {
    subject = new X500Name("CN=" + commonName);
    return this;
  }

  /** Sets the names and addresses of the subject alternative name; none omits it. */
  public TestCertificateRequest hosts(String... names) {
    hosts = List.of(names);
    return this;
  }

  /** Sets the validity, from now on; negative durations lie in the past. */
  public TestCertificateRequest valid(Duration from, Duration to) {
    this.from = Instant.now().plus(from);
    this.to = Instant.now().plus(to);
    return this;
  }

  /** Sets the key; one on P-256 unless set. */
  public TestCertificateRequest keys(KeyPair keys) {
    this.keys = keys;
    return this;
  }

  /** Sets the algorithm of the signature, such as {@code MD5withRSA}; with SHA-256 unless set. */
  public TestCertificateRequest signedWith(String algorithm) {
    signature = algorithm;
    return this;
  }

  /** Sets basic constraints to CA:TRUE with a path length. */
  public TestCertificateRequest pathLength(int length) {
    constraints = new BasicConstraints(length);
    return this;
  }

  /** Sets basic constraints to CA:FALSE. */
  public TestCertificateRequest notAuthority() {
    constraints = new BasicConstraints(false);
    return this;
  }

  /** Sets basic constraints to CA:TRUE. */
  public TestCertificateRequest alsoAuthority() {
    constraints = new BasicConstraints(true);
    return this;
  }

  /** Omits basic constraints. */
  public TestCertificateRequest noConstraints() {
    constraints = null;
    return this;
  }

  /** Sets key usage, such as {@link KeyUsage#keyCertSign}; 0 omits it. */
  public TestCertificateRequest usage(int bits) {
    usage = bits;
    return this;
  }

  /** Sets extended key usage; none omits it. */
  public TestCertificateRequest purposes(KeyPurposeId... purposes) {
    this.purposes = List.of(purposes);
    return this;
  }

  /** Allows only host names below these, or addresses such as {@code 10.0.0.0/8}. */
  public TestCertificateRequest permitting(String... subtrees) {
    permitted = List.of(subtrees);
    return this;
  }

  /** Forbids host names below these, or addresses such as {@code 10.0.0.0/8}. */
  public TestCertificateRequest excluding(String... subtrees) {
    excluded = List.of(subtrees);
    return this;
  }

  /** Adds an unknown extension with so many bytes. */
  public TestCertificateRequest padded(int bytes) {
    padding = bytes;
    return this;
  }

  /** Adds an unknown critical extension. */
  public TestCertificateRequest unknownCritical() {
    unknownCritical = true;
    return this;
  }

  /** Creates the certificate, self-signed. */
  public TestCertificate selfSigned() {
    return sign(null);
  }

  /** Creates the certificate. */
  public TestCertificate issuedBy(TestCertificate issuer) {
    return sign(issuer);
  }

  private TestCertificate sign(@Nullable TestCertificate issuer) {
    KeyPair own = keys == null ? TestCertificate.ecKeys() : keys;
    KeyPair signing = issuer == null ? own : issuer.keys();
    X500Name issuerName =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    String algorithm =
        signature == null
            ? "SHA256with" + (signing.getPrivate().getAlgorithm().equals("EC") ? "ECDSA" : "RSA")
            : signature;
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuerName,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(from),
              Date.from(to),
              subject,
              own.getPublic());
      extend(builder);
      return new TestCertificate(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder(algorithm).build(signing.getPrivate()))),
          own,
          issuer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException | CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private void extend(X509v3CertificateBuilder builder) throws IOException {
    if (constraints != null) {
      builder.addExtension(Extension.basicConstraints, true, constraints);
    }
    if (usage != 0) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    }
    if (!purposes.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
    }
    if (!hosts.isEmpty()) {
      GeneralName[] names =
          hosts.stream().map(TestCertificateRequest::name).toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (!permitted.isEmpty() || !excluded.isEmpty()) {
      builder.addExtension(
          Extension.nameConstraints,
          true,
          new NameConstraints(subtrees(permitted), subtrees(excluded)));
    }
    if (padding > 0) {
      builder.addExtension(
          new ASN1ObjectIdentifier("2.25.1"), false, new DEROctetString(new byte[padding]));
    }
    if (unknownCritical) {
      builder.addExtension(
          new ASN1ObjectIdentifier("2.25.2"), true, new DEROctetString(new byte[1]));
    }
  }

  private static GeneralSubtree @Nullable [] subtrees(List<String> names) {
    List<GeneralSubtree> subtrees = new ArrayList<>();
    names.forEach(name -> subtrees.add(new GeneralSubtree(name(name))));
    return subtrees.isEmpty() ? null : subtrees.toArray(GeneralSubtree[]::new);
  }

  private static GeneralName name(String host) {
    boolean address = host.matches("[0-9./]+") || host.indexOf(':') >= 0;
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }
}
