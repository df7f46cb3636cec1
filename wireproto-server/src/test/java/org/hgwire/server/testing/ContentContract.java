// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored content through an adapter. */
public interface ContentContract extends HttpAdapter {
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

  /** Asks for content, whole and in parts, and for what is besides it. */
  static void askForContent(HttpClient client, URI root, StoredContent stored)
      throws IOException, InterruptedException {
    int size = stored.content().length;
    URI url = root.resolve("content/" + stored.path());
    HttpResponse<byte[]> whole = ask(client, "GET", url);
    assertThat(whole.version()).isEqualTo(client.version());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(stored.content());
    String tag = whole.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> rest = ask(client, "GET", url, "Range", "bytes=4000000-", "If-Range", tag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().allValues("Content-Range"))
        .containsExactly("bytes 4000000-4999999/5000000");
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(stored.content(), 4_000_000, size));

    HttpResponse<byte[]> head = ask(client, "HEAD", url);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(size);
    assertThat(head.body()).isEmpty();

    assertThat(ask(client, "GET", url, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(ask(client, "GET", url, "Range", "bytes=5000000-").statusCode()).isEqualTo(416);
    assertThat(ask(client, "POST", url).statusCode()).isEqualTo(405);
    assertThat(ask(client, "GET", url).body()).as("the connection continues").hasSize(size);
    assertThat(ask(client, "GET", root.resolve("?cmd=capabilities")).statusCode()).isEqualTo(200);
    assertThat(ask(client, "GET", root.resolve("content/")).statusCode()).isEqualTo(404);
  }

  @Test
  default void contentIsServedBesidesRepositories(@TempDir Path directory) throws Exception {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing())).build();
    try (StoredContent stored = StoredContent.in(directory);
        RunningServer server =
            start(new HttpEndpoint(options).with("content", ContentEndpoint.of(stored.store())))) {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      askForContent(client, server.url(), stored);
    }
  }

  @Test
  default void contentIsServedToClientThatPauses(@TempDir Path directory) throws Exception {
    try (StoredContent stored = StoredContent.in(directory);
        RunningServer server = start(ContentEndpoint.of(stored.store()))) {
      URI url = server.url().resolve(stored.path());
      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<InputStream> slow =
          client.send(
              HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = slow.body()) {
        byte[] beginning = body.readNBytes(1000);
        assertThat(ask(client, "GET", url).body()).isEqualTo(stored.content());
        assertThat(beginning).isEqualTo(Arrays.copyOf(stored.content(), 1000));
        assertThat(body.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(stored.content(), 1000, stored.content().length));
      }
    }
  }
}
