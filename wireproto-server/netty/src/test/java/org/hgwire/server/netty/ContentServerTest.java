// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.hgwire.server.testing.ContentContract;
import org.hgwire.server.testing.StoredContent;
import org.hgwire.server.testing.TestTls;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Content over TLS, in HTTP/1.1 and HTTP/2. */
final class ContentServerTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void contentIsServedBesidesRepositoriesOverTls(HttpClient.Version version) throws Exception {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing())).build();
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(TestTls.client(keys)).build();
    try (StoredContent stored = StoredContent.in(directory);
        HgWireServer server =
            HgWireServer.builder(
                    new HttpEndpoint(options).with("content", ContentEndpoint.of(stored.store())))
                .tls(HgWireServerTest.serverTls(keys))
                .start()) {
      URI origin = URI.create("https://localhost:" + server.port() + "/");
      ContentContract.askForContent(client, origin, stored);
    }
  }
}
