// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.testing.Nginx;
import org.hgwire.redirects.testing.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a store, served by a static web server. */
final class StaticWebServerTest {
  private static final int SIZE = 3_000_000;

  @TempDir Path directory;

  @Test
  void nginxServesAStoreOverTlsWithRanges() throws Exception {
    TestCertificate authority = TestCertificate.authority("content host").selfSigned();
    TestCertificate certificate = TestCertificate.server("127.0.0.1").issuedBy(authority);
    Path root = directory.resolve("store");
    Path own = Files.createDirectory(directory.resolve("nginx"));
    byte[] before = TestContent.bytes(SIZE, 1);
    byte[] later = TestContent.bytes(SIZE, 2);
    Files.createDirectories(root);
    try (Nginx nginx = Nginx.servingOverTls(root, own, certificate);
        FileContentStore store =
            FileContentStore.builder(RedirectTarget.of("nginx", nginx.url()), root).open()) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
      for (byte[] bytes : new byte[][] {before, later}) {
        ContentDescription content = TestContent.describe(bytes);
        store.put(content, TestContent.file(directory, bytes));
        URI url = requireNonNull(store.find(content)).url();

        HttpResponse<byte[]> whole = get(client, url);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(whole.headers().firstValue("Content-Type"))
            .hasValue("application/mercurial-cbor");
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> rest = get(client, url, "Range", "bytes=2000000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 2_000_000, SIZE));
      }
      assertThat(get(client, nginx.url()).statusCode()).as("nothing is listed").isEqualTo(403);
      assertThat(get(client, nginx.url().resolve("unfinished/")).statusCode()).isEqualTo(403);
    }
  }

  private static HttpResponse<byte[]> get(HttpClient client, URI url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static SSLContext trusting(TestCertificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    anchors.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
