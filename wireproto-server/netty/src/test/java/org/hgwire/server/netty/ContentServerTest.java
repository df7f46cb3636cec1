// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents over real connections. */
final class ContentServerTest {
  private static final int SIZE = 5_000_000;

  @TempDir Path directory;

  private final byte[] content = new byte[SIZE];

  private String put(FileContentStore store) throws IOException {
    new Random(5).nextBytes(content);
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 1 << 20);
    hasher.update(ByteBuffer.wrap(content));
    ContentDescription description = hasher.describe();
    store.put(description, Files.write(directory.resolve("given"), content));
    return requireNonNull(store.find(description)).url().getPath();
  }

  private FileContentStore store() throws IOException {
    return FileContentStore.builder(
            RedirectTarget.of("t", URI.create("http://127.0.0.1/content")),
            directory.resolve("store"))
        .open();
  }

  private static HttpResponse<byte[]> ask(
      HttpClient client, String method, URI url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void contentsAreServedBesideRepositoriesOverTls(HttpClient.Version version) throws Exception {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing())).build();
    KeyStore keys = HgWireServerTest.selfSigned(directory.resolve("keys.p12"));
    HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(HgWireServerTest.clientTls(keys))
            .build();
    try (FileContentStore store = store();
        HgWireServer server =
            HgWireServer.builder(
                    new HttpEndpoint(options).with("content", ContentEndpoint.of(store)))
                .tls(HgWireServerTest.serverTls(keys))
                .start()) {
      URI origin = URI.create("https://localhost:" + server.port() + "/");
      URI url = origin.resolve(put(store));

      HttpResponse<byte[]> whole = ask(client, "GET", url);
      assertThat(whole.version()).isEqualTo(version);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(content);
      String tag = whole.headers().firstValue("ETag").orElseThrow();

      HttpResponse<byte[]> rest =
          ask(client, "GET", url, "Range", "bytes=4000000-", "If-Range", tag);
      assertThat(rest.statusCode()).isEqualTo(206);
      assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(content, 4_000_000, SIZE));

      HttpResponse<byte[]> head = ask(client, "HEAD", url);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
      assertThat(head.body()).isEmpty();

      assertThat(ask(client, "GET", url, "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(ask(client, "GET", url, "Range", "bytes=5000000-").statusCode()).isEqualTo(416);
      assertThat(ask(client, "GET", url).body()).as("the connection goes on").hasSize(SIZE);
      assertThat(ask(client, "GET", origin.resolve("/?cmd=capabilities")).statusCode())
          .isEqualTo(200);
      assertThat(ask(client, "GET", origin.resolve("/content/")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void contentsAreServedAloneAndAClientThatStopsReadingGetsTheRestLater() throws Exception {
    try (FileContentStore store = store();
        HgWireServer server = HgWireServer.builder(ContentEndpoint.of(store)).start()) {
      URI url =
          URI.create("http://127.0.0.1:" + server.port())
              .resolve(put(store).substring("/content".length()));
      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<InputStream> slow =
          client.send(
              HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = slow.body()) {
        byte[] beginning = body.readNBytes(1000);
        assertThat(ask(client, "GET", url).body()).isEqualTo(content);
        assertThat(beginning).isEqualTo(Arrays.copyOf(content, 1000));
        assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1000, SIZE));
      }
    }
  }
}
