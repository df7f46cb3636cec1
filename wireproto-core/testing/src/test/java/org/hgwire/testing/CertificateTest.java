// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.hgwire.core.ByteString;

/** What {@link CertificateArbitraries} makes, read by the platform. */
class CertificateTest {
  @Provide
  Arbitrary<ByteString> sound() {
    return CertificateArbitraries.certificates();
  }

  @Provide
  Arbitrary<ByteString> hostile() {
    return CertificateArbitraries.hostileCertificates();
  }

  private static X509Certificate read(ByteString der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundCertificatesAreSelfSigned(@ForAll("sound") ByteString der) throws Exception {
    X509Certificate certificate = read(der);
    certificate.verify(certificate.getPublicKey());
    assertThat(ByteString.copyOf(certificate.getEncoded())).isEqualTo(der);
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal())
        .isEqualTo(certificate.getIssuerX500Principal());
  }

  /** The platform accepts what is not DER, and does not look at the signature. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void hostileCertificatesAreNotWhatTheyWere(@ForAll("hostile") ByteString der) {
    boolean sound = false;
    try {
      X509Certificate certificate = read(der);
      certificate.verify(certificate.getPublicKey());
      sound = ByteString.copyOf(certificate.getEncoded()).equals(der);
    } catch (Exception e) {
      assertThat(e).isNotInstanceOf(NullPointerException.class);
    }
    Statistics.label("sound")
        .collect(sound)
        .coverage(c -> c.check(false).percentage(share -> share > 70));
  }
}
