// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.hgwire.server.testing.ScriptedExchange;
import org.hgwire.server.testing.TestTls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialHandshakeTest {
  @TempDir private Path directory;
  private KeyStore keys = unset();

  @SuppressWarnings("NullAway")
  private static KeyStore unset() {
    return null;
  }

  @BeforeEach
  void makeKeys() throws Exception {
    keys = TestTls.selfSigned(directory.resolve("keys.p12"));
  }

  private PrivateKey key() throws Exception {
    return (PrivateKey) keys.getKey("test", TestTls.PASSWORD);
  }

  private SslContext context(PrivateKey key, String protocol, ClientAuth auth) throws Exception {
    return SslContextBuilder.forServer(key, (X509Certificate) keys.getCertificate("test"))
        .protocols(protocol)
        .clientAuth(auth)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, NONE",
    "TLSv1.3, NONE",
    "TLSv1.2, OPTIONAL",
    "TLSv1.2, REQUIRE",
    "TLSv1.3, REQUIRE"
  })
  void keyOfTheCertificatePasses(String protocol, ClientAuth auth) {
    assertThatCode(() -> TrialHandshake.check(context(key(), protocol, auth)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void keyOfAnotherCertificateIsRefused(String protocol) throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    for (ClientAuth auth : ClientAuth.values()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> TrialHandshake.check(context(other, protocol, auth)))
          .withMessage("the certificate of the server does not belong to its private key");
    }
  }

  @Test
  void serverDoesNotStartWithKeyOfAnotherCertificate() throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    SslContext tls = context(other, "TLSv1.3", ClientAuth.NONE);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> HgWireServer.builder(request -> ScriptedExchange.text("x")).tls(tls).start())
        .withMessageContaining("does not belong");
  }
}
