// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoreFaultsTest {
  private static final ByteBuffer BYTES = ByteBuffer.wrap(new byte[] {1, 2, 3});

  @TempDir Path directory;

  private static ContentDescription content() {
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 10);
    hasher.update(BYTES.duplicate());
    return hasher.describe();
  }

  private static S3ContentStore store(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port + "/");
    return S3ContentStore.builder(RedirectTarget.of("s3", endpoint), "b")
        .endpoint(endpoint)
        .pathStyle(true)
        .credentials("key", "secret")
        .open();
  }

  private static HttpServer refusing(int status, String code, String field, String value)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body =
              ("<Error><Code>" + code + "</Code><Message>no</Message></Error>")
                  .getBytes(StandardCharsets.UTF_8);
          if (!field.isEmpty()) {
            exchange.getResponseHeaders().set(field, value);
          }
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(status, head ? -1 : body.length);
          if (!head) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "301, '', x-amz-bucket-region, eu-west-1,  WRONG_REGION",
    "400, '', x-amz-bucket-region, eu-west-1,  WRONG_REGION",
    "403, '', '',                  '',         DENIED",
    "400, '', '',                  '',         FAILED",
  })
  void lookupNamesTheFault(int status, String code, String field, String value, Reason reason)
      throws Exception {
    HttpServer server = refusing(status, code, field, value);
    try (S3ContentStore store = store(server.getAddress().getPort())) {
      assertThat(
              catchThrowableOfType(ContentStoreException.class, () -> store.find(content()))
                  .reason())
          .isEqualTo(reason);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket,                 NO_STORE",
    "403, AccessDenied,                 DENIED",
    "403, RequestTimeTooSkewed,         CLOCK_SKEW",
    "400, AuthorizationHeaderMalformed, WRONG_REGION",
    "301, PermanentRedirect,            WRONG_REGION",
  })
  void uploadNamesTheFault(int status, String code, Reason reason) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean head = exchange.getRequestMethod().equals("HEAD");
          byte[] body =
              ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(head ? 404 : status, head ? -1 : body.length);
          if (!head) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    Path file = Files.write(directory.resolve("x"), new byte[] {1, 2, 3});
    try (S3ContentStore store = store(server.getAddress().getPort())) {
      assertThat(
              catchThrowableOfType(ContentStoreException.class, () -> store.put(content(), file))
                  .reason())
          .isEqualTo(reason);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void silentEndpointIsAskedOnceForTwoSeconds() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        S3ContentStore store = store(silent.getLocalPort())) {
      Thread accepting =
          new Thread(
              () -> {
                try {
                  while (true) {
                    silent.accept();
                    connections.incrementAndGet();
                  }
                } catch (IOException closed) {
                  // the test has ended
                }
              });
      accepting.setDaemon(true);
      accepting.start();
      long start = System.nanoTime();
      assertThat(
              catchThrowableOfType(ContentStoreException.class, () -> store.find(content()))
                  .reason())
          .isEqualTo(Reason.UNREACHABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(connections).hasValue(1);
    }
  }
}
