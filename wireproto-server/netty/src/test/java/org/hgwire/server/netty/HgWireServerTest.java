// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import org.hgwire.server.FakeCommands;
import org.hgwire.server.FrameClient;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.testing.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract of adapters does not ask for: TLS, HTTP/2, a graceful end. */
class HgWireServerTest {
  private static final String FRAMING = "application/mercurial-exp-framing-0006";

  private final FakeCommands commands = new FakeCommands();

  private HgWireServer.Builder server() {
    return HgWireServer.builder(
            commands
                .addTo(
                    ServerOptions.builder(
                        RepositoryResolver.atRoot(
                            () -> {
                              throw new IOException("nobody should read this");
                            })))
                .build())
        .grace(Duration.ofSeconds(5));
  }

  private static HttpRequest request(String url, String command, byte[] body) {
    return HttpRequest.newBuilder(URI.create(url + "/api/exp-http-v2-0003/ro/" + command))
        .header("Accept", FRAMING)
        .header("Content-Type", FRAMING)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static void askAndCheck(HttpClient http, String url, HttpClient.Version version)
      throws IOException, InterruptedException {
    for (int round = 0; round < 3; round++) {
      try (FrameClient client = new FrameClient("zstd-8mb")) {
        int streamed = client.call("definite");
        int echoed = client.call("echo");
        HttpResponse<byte[]> response =
            http.send(
                request(url, "multirequest", client.bytes()),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(FRAMING);
        client.receive(ByteBuffer.wrap(response.body()));
        assertThat(client.said(streamed))
            .containsExactly("streamed 100000", "streamed 100000", "end");
        assertThat(client.said(echoed)).containsExactly("{}", "end");
      }
    }
    HttpResponse<String> nonsense =
        http.send(request(url, "echo", new byte[] {1, 2, 3}), HttpResponse.BodyHandlers.ofString());
    assertThat(nonsense.statusCode()).isEqualTo(400);
    assertThat(nonsense.body().lines()).hasSize(1);
  }

  @Test
  void commandsAreAnsweredOverTlsInHttp2AndHttp11(@TempDir Path directory) throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    try (HgWireServer server = server().tls(serverTls(keys)).start()) {
      String url = "https://localhost:" + server.port();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient http =
            HttpClient.newBuilder()
                .version(version)
                .sslContext(TestTls.client(keys))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        askAndCheck(http, url, version);
      }
    }
  }

  @Test
  void requestThatIsCancelledEndsCommandThatIsNotReady(@TempDir Path directory) throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    try (HgWireServer server = server().tls(serverTls(keys)).start();
        FrameClient client = new FrameClient()) {
      client.call("undecided");
      byte[] frames = client.bytes();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient http =
            HttpClient.newBuilder().version(version).sslContext(TestTls.client(keys)).build();
        CompletableFuture<HttpResponse<byte[]>> response =
            http.sendAsync(
                request("https://localhost:" + server.port(), "undecided", frames),
                HttpResponse.BodyHandlers.ofByteArray());
        while (commands.openSources.get() == 0) {
          Thread.sleep(5);
        }
        response.cancel(true);
        long cancelled = System.nanoTime();
        while (commands.openSources.get() > 0) {
          assertThat(Duration.ofNanos(System.nanoTime() - cancelled))
              .as("%s", version)
              .isLessThan(Duration.ofSeconds(10));
          Thread.sleep(5);
        }
      }
    }
  }

  @Test
  void aServerThatIsClosedLetsARunningResponseEnd() throws Exception {
    HgWireServer server = server().start();
    try (FrameClient client = new FrameClient()) {
      int id = client.call("long");
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(
                  request("http://127.0.0.1:" + server.port(), "long", client.bytes()),
                  HttpResponse.BodyHandlers.ofInputStream());
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      client.receive(ByteBuffer.wrap(response.body().readAllBytes()));
      assertThat(client.said(id)).hasSize(1001).endsWith("end");
      closing.join();
      assertThat(commands.openSources).hasValue(0);
    }
  }

  private static int status(HgWireServer server, String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void drainedServerIsUnhealthyAndServes() throws Exception {
    try (HgWireServer server = server().start()) {
      assertThat(status(server, "/healthz")).isEqualTo(200);
      server.drain();
      assertThat(status(server, "/healthz")).isEqualTo(503);
      assertThat(status(server, "/")).isEqualTo(200);
    }
  }

  @Test
  void healthPathCanBeAnotherOrNone() throws Exception {
    try (HgWireServer none = server().healthPath(null).start();
        HgWireServer other = server().healthPath("/up").start()) {
      assertThat(status(none, "/healthz")).isEqualTo(404);
      assertThat(status(other, "/healthz")).isEqualTo(404);
      assertThat(status(other, "/up")).isEqualTo(200);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> server().healthPath("up").start());
  }

  static SslContext serverTls(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, TestTls.PASSWORD);
    return SslContextBuilder.forServer(managers)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }
}
