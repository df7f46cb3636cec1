// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import org.hgwire.server.testing.TestTls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {
  @TempDir private Path directory;
  private Path chain = Path.of("");
  private Path key = Path.of("");

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  @BeforeEach
  void writeFiles() throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    chain = directory.resolve("cert.pem");
    key = directory.resolve("key.pem");
    Files.writeString(chain, pem("CERTIFICATE", keys.getCertificate("test").getEncoded()));
    Files.writeString(
        key,
        "a comment\n" + pem("PRIVATE KEY", keys.getKey("test", TestTls.PASSWORD).getEncoded()));
  }

  @Test
  void keyOfTheCertificateIsTaken() throws Exception {
    assertThat(ServerTls.of(chain, key).isServer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void keyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    KeyPair other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    Files.writeString(key, pem("PRIVATE KEY", other.getPrivate().getEncoded()));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ServerTls.of(chain, key))
        .withMessage(
            "the certificate in " + chain + " does not belong to the private key in " + key);
  }

  @Test
  void otherFilesAreRefusedByName() throws Exception {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ServerTls.of(key, key))
        .withMessageContaining(key + " ");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ServerTls.of(chain, chain))
        .withMessageContaining(chain + " has no private key");
    Files.writeString(key, pem("PRIVATE KEY", new byte[] {1, 2, 3}));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ServerTls.of(chain, key))
        .withMessageContaining(key.toString());
    Files.writeString(key, pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ServerTls.of(chain, key))
        .withMessageContaining("without a password");
  }
}
