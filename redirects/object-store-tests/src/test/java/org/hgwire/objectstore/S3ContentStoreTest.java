// SPDX-License-Identifier: Apache-2.0
package org.hgwire.objectstore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.hgwire.redirects.contentstore.s3.S3ContentStore;
import org.hgwire.redirects.contentstore.s3.S3ContentStoreBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3ContentStoreTest {
  private static final int SMALL = 100_000;
  private static final int LARGE = (11 << 20) + 17;

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private S3Server server = unset();

  @SuppressWarnings("NullAway")
  private static S3Server unset() {
    return null;
  }

  @BeforeAll
  void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop();
  }

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static ContentDescription describe(byte[] bytes) {
    ContentHasher hasher =
        new ContentHasher(ByteString.utf8("application/mercurial-cbor"), 1 << 20);
    hasher.update(ByteBuffer.wrap(bytes));
    return hasher.describe();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "content", ""), bytes);
  }

  private HttpResponse<byte[]> get(URI url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void storedContentIsFetchedWholeAndInPartsByPresignedUrl() throws Exception {
    byte[] bytes = bytes(SMALL, 1);
    ContentDescription content = describe(bytes);
    try (S3ContentStore store =
        server.store().prefix("hg/").rememberLookups(Duration.ZERO).open()) {
      assertThat(store.find(content)).isNull();
      store.put(content, file(bytes));
      PublishedContent published = requireNonNull(store.find(content));

      assertThat(published.url().getPath())
          .isEqualTo(
              "/content/hg/"
                  + content.sha256().hex().substring(0, 2)
                  + "/"
                  + content.sha256().hex());
      HttpResponse<byte[]> whole = get(published.url());
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(bytes);
      assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/mercurial-cbor");
      String tag = whole.headers().firstValue("ETag").orElseThrow();
      HttpResponse<byte[]> rest = get(published.url(), "Range", "bytes=99990-", "If-Range", tag);
      assertThat(rest.statusCode()).isEqualTo(206);
      assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 99_990, SMALL));
    }
  }

  @Test
  void changedAndExpiredUrlsAreRefused() throws Exception {
    byte[] bytes = bytes(SMALL, 2);
    ContentDescription content = describe(bytes);
    try (S3ContentStore store = server.store().presigned(Duration.ofSeconds(1)).open()) {
      store.put(content, file(bytes));
      URI url = requireNonNull(store.find(content)).url();
      assertThat(get(url).statusCode()).isEqualTo(200);
      assertThat(
              get(URI.create(url.toString().replace("X-Amz-Expires=1", "X-Amz-Expires=9")))
                  .statusCode())
          .isEqualTo(403);
      assertThat(get(URI.create(url.toString().replaceAll("\\?.*", ""))).statusCode())
          .isEqualTo(403);
      int status = 200;
      for (int tries = 0; tries < 100 && status == 200; tries++) {
        Thread.sleep(100);
        status = get(url).statusCode();
      }
      assertThat(status).isEqualTo(403);
    }
  }

  @Test
  void largeContentIsUploadedInPartsUnchanged() throws Exception {
    byte[] bytes = bytes(LARGE, 3);
    ContentDescription content = describe(bytes);
    try (S3ContentStore store = server.store().partSize(5 << 20).open()) {
      store.put(content, file(bytes));
      HttpResponse<byte[]> whole = get(requireNonNull(store.find(content)).url());
      assertThat(whole.body()).isEqualTo(bytes);
      assertThat(whole.headers().firstValue("ETag").orElseThrow())
          .as("of three parts")
          .contains("-3");
      assertThat(server.unfinished()).isEmpty();
    }
  }

  @Test
  void contentOfExactlyOnePartIsUploadedWhole() throws Exception {
    byte[] bytes = bytes(5 << 20, 4);
    ContentDescription content = describe(bytes);
    try (S3ContentStore store = server.store().partSize(5 << 20).open()) {
      store.put(content, file(bytes));
      HttpResponse<byte[]> whole = get(requireNonNull(store.find(content)).url());
      assertThat(whole.body()).isEqualTo(bytes);
      assertThat(whole.headers().firstValue("ETag").orElseThrow()).doesNotContain("-");
    }
  }

  @Test
  void failedUploadLeavesNoParts() throws Exception {
    byte[] bytes = bytes(LARGE, 5);
    ContentDescription content = describe(bytes);
    bytes[LARGE - 1] ^= 1;
    Path other = file(bytes);
    try (S3ContentStore store = server.store().partSize(5 << 20).open()) {
      assertThatThrownBy(() -> store.put(content, other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not have the announced");
      assertThat(server.unfinished()).isEmpty();
      assertThat(server.keys()).noneMatch(key -> key.contains(content.sha256().hex()));
      assertThat(store.find(content)).isNull();
    }
  }

  @Test
  void otherContentIsRefused() throws Exception {
    ContentDescription content = describe(bytes(SMALL, 6));
    Path other = file(bytes(SMALL, 7));
    Path shorter = file(bytes(SMALL - 1, 6));
    try (S3ContentStore store = server.store().open()) {
      assertThatThrownBy(() -> store.put(content, other)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.put(content, shorter)).isInstanceOf(IOException.class);
      assertThat(server.keys()).noneMatch(key -> key.contains(content.sha256().hex()));
    }
  }

  @Test
  void manyMayPutTheSameContentAtOnce() throws Exception {
    byte[] bytes = bytes(LARGE, 8);
    ContentDescription content = describe(bytes);
    Path file = file(bytes);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (S3ContentStore store = server.store().partSize(5 << 20).open()) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        puts.add(
            threads.submit(
                () -> {
                  store.put(content, file);
                  return null;
                }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
      assertThat(get(requireNonNull(store.find(content)).url()).body()).isEqualTo(bytes);
      assertThat(server.unfinished()).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void lookupsAreRememberedForAWhile() throws Exception {
    byte[] bytes = bytes(SMALL, 9);
    ContentDescription content = describe(bytes);
    try (S3ContentStore remembering = server.store().open();
        S3ContentStore asking = server.store().rememberLookups(Duration.ZERO).open()) {
      remembering.put(content, file(bytes));
      assertThat(asking.find(content)).isNotNull();
      server.remove(content.sha256().hex().substring(0, 2) + "/" + content.sha256().hex());
      assertThat(remembering.find(content)).isNotNull();
      assertThat(asking.find(content)).isNull();
    }
  }

  @Test
  void publicUrlsAreBelowTheTarget() throws Exception {
    byte[] bytes = bytes(SMALL, 10);
    ContentDescription content = describe(bytes);
    RedirectTarget cdn = RedirectTarget.of("cdn", URI.create("https://cdn.example/hg"));
    try (S3ContentStore store = server.store(cdn, S3Server.BUCKET).publicUrls().open()) {
      store.put(content, file(bytes));
      assertThat(requireNonNull(store.find(content)).url())
          .hasToString(
              "https://cdn.example/hg/"
                  + content.sha256().hex().substring(0, 2)
                  + "/"
                  + content.sha256().hex());
    }
  }

  @Test
  void missingBucketIsNoStore() throws Exception {
    byte[] bytes = bytes(SMALL, 11);
    try (S3ContentStore store = server.store("nowhere").open()) {
      assertThat(reasonOfPut(store, bytes)).isEqualTo(Reason.NO_STORE);
      assertThat(reasonOfPut(server.store("nowhere").partSize(5 << 20).open(), bytes(LARGE, 11)))
          .isEqualTo(Reason.NO_STORE);
    }
  }

  @Test
  void wrongCredentialsAreDenied() throws Exception {
    byte[] bytes = bytes(SMALL, 12);
    try (S3ContentStore store = server.store().credentials(S3Server.ACCESS_KEY, "wrong").open()) {
      assertThat(reasonOfPut(store, bytes)).isEqualTo(Reason.DENIED);
    }
    try (S3ContentStore store = server.store().credentials("nobody", "wrong").open()) {
      assertThat(reasonOfPut(store, bytes)).isEqualTo(Reason.DENIED);
    }
  }

  @Test
  void unreachableStoreIsUnreachable() throws Exception {
    S3Server gone = new S3Server();
    S3ContentStoreBuilder builder =
        gone.store().timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));
    gone.stop();
    try (S3ContentStore store = builder.open()) {
      assertThat(reasonOfPut(store, bytes(SMALL, 13))).isEqualTo(Reason.UNREACHABLE);
    }
  }

  private Reason reasonOfPut(S3ContentStore store, byte[] bytes) throws IOException {
    Path file = file(bytes);
    return catchThrowableOfType(ContentStoreException.class, () -> store.put(describe(bytes), file))
        .reason();
  }
}
