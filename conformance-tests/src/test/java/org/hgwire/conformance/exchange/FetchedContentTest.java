// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchedContentTest {
  @TempDir Path directory;
  private final FetchedContent fetched = new FetchedContent(Duration.ofSeconds(20));

  @BeforeEach
  void writeContent() throws IOException {
    Files.writeString(directory.resolve("file"), "content");
  }

  @Test
  void urlIsFetchedOnceUnlessAgain() throws IOException {
    try (ContentHost host = ContentHost.http(directory)) {
      URI url = host.url().resolve("file");

      assertThat(fetched.get(url, List.of()).body().utf8()).isEqualTo("content");
      fetched.get(url, List.of());
      assertThat(host.served()).hasSize(1);
      fetched.getAgain(url, List.of());

      assertThat(host.served()).hasSize(2);
      assertThat(fetched.responses()).containsOnlyKeys(url);
    }
  }

  @Test
  void certificatesOfTheLocationReplaceThoseOfThePlatform() throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();
    HeldCertificate shown = certificate(authority);
    HandshakeCertificates tls = new HandshakeCertificates.Builder().heldCertificate(shown).build();
    try (ContentHost host = ContentHost.https(directory, tls.sslContext())) {
      URI url = host.url().resolve("file");

      assertThat(fetched.getAgain(url, List.of(der(shown))).status()).isEqualTo(200);
      assertThat(fetched.getAgain(url, List.of(der(authority))).status()).isEqualTo(200);
      for (List<ByteString> others :
          List.of(
              List.<ByteString>of(),
              List.of(der(certificate(authority))),
              List.of(ByteString.utf8("none")))) {
        assertThatThrownBy(() -> fetched.getAgain(url, others)).isInstanceOf(IOException.class);
      }
    }
  }

  private static HeldCertificate certificate(HeldCertificate authority) {
    return new HeldCertificate.Builder()
        .signedBy(authority)
        .addSubjectAlternativeName("127.0.0.1")
        .build();
  }

  private static ByteString der(HeldCertificate held) throws CertificateEncodingException {
    return ByteString.copyOf(held.certificate().getEncoded());
  }
}
