// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCertificateTest {
  @Test
  void aServersChainEndsBeforeTheRoot() throws Exception {
    TestCertificate root = TestCertificate.authority("Root").selfSigned();
    TestCertificate intermediate =
        TestCertificate.authority("Intermediate").pathLength(0).issuedBy(root);
    TestCertificate server =
        TestCertificate.server("cdn.example", "192.0.2.1").issuedBy(intermediate);
    assertThat(server.chain()).containsExactly(server.certificate(), intermediate.certificate());
    assertThat(root.chain()).containsExactly(root.certificate());
    server.certificate().verify(intermediate.keys().getPublic());
    assertThat(server.certificate().getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "cdn.example"), List.of(7, "192.0.2.1"));
    assertThat(root.certificate().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(intermediate.certificate().getBasicConstraints()).isZero();
    assertThat(server.serverContext().getProtocol()).isEqualTo("TLS");
  }
}
