// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentEndpointTest {
  private static final int SIZE = 200_000;

  @TempDir Path directory;

  private final byte[] content = new byte[SIZE];
  private FileContentStore store = unset();
  private String path = "";
  private String tag = "";

  @SuppressWarnings("NullAway")
  private static FileContentStore unset() {
    return null;
  }

  @BeforeEach
  void put() throws IOException {
    new Random(3).nextBytes(content);
    Path file = Files.write(directory.resolve("content"), content);
    ContentHasher hasher = new ContentHasher(ByteString.utf8("x/y"), 1 << 20);
    hasher.update(ByteBuffer.wrap(content));
    ContentDescription description = hasher.describe();
    store =
        FileContentStore.builder(
                RedirectTarget.of("t", URI.create("https://h/c")), directory.resolve("store"))
            .ownerOnly(true)
            .open();
    store.put(description, file);
    PublishedContent published = requireNonNull(store.find(description));
    path = published.url().getPath().substring("/c".length());
    tag = "\"" + description.sha256().hex() + "\"";
  }

  private record Response(ResponseHead head, ByteString body) {
    @Nullable String field(String name) {
      return head.fields().first(name);
    }
  }

  private Response send(String method, String target, HttpFields fields) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (HttpExchange exchange =
        ContentEndpoint.of(store)
            .open(new RequestHead(method, target, fields, ClientConnection.UNKNOWN))) {
      ResponseHead head = requireNonNull(exchange.responseHead());
      for (ByteBuffer part = exchange.nextOutput(); part != null; part = exchange.nextOutput()) {
        assertThat(part.remaining()).isLessThanOrEqualTo(64 * 1024);
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        body.writeBytes(bytes);
      }
      assertThat(exchange.finished()).isTrue();
      return new Response(head, ByteString.copyOf(body.toByteArray()));
    }
  }

  @Test
  void contentIsSentWholeWithStrongValidator() throws IOException {
    Response response = send("GET", path, HttpFields.empty());
    assertThat(response.head().status()).isEqualTo(200);
    assertThat(response.head().length()).hasValue(SIZE);
    assertThat(response.body()).isEqualTo(ByteString.copyOf(content));
    assertThat(response.field("ETag")).isEqualTo(tag);
    assertThat(response.field("Cache-Control")).contains("immutable");
    assertThat(response.field("Content-Type")).isEqualTo("application/mercurial-cbor");
    assertThat(response.field("Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void headResponseHasTheSameFieldsWithoutBody() throws IOException {
    Response response = send("HEAD", path, HttpFields.of("Range", "bytes=5-6"));
    assertThat(response.head().status()).isEqualTo(200);
    assertThat(response.head().length()).hasValue(SIZE);
    assertThat(response.body()).isEqualTo(ByteString.empty());
    assertThat(response.field("ETag")).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-,            0, 200000",
    "bytes=0-0,           0, 1",
    "bytes=199999-,       199999, 200000",
    "bytes=100000-,       100000, 200000",
    "bytes=10-19,         10, 20",
    "bytes=199990-999999, 199990, 200000",
    "bytes=-1,            199999, 200000",
    "bytes=-200000,       0, 200000",
    "bytes=-999999,       0, 200000",
    "BYTES=0-0,           0, 1",
    "bytes=00000000000000000000000010-00000000000000000000000019, 10, 20",
    "bytes=10-9223372036854775808,    10, 200000",
    "bytes=-99999999999999999999,     0, 200000",
  })
  void oneRangeIsSent(String range, int from, int to) throws IOException {
    Response response = send("GET", path, HttpFields.of("Range", range));
    assertThat(response.head().status()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(ByteString.copyOf(content, from, to - from));
    assertThat(response.head().length()).hasValue(to - from);
    assertThat(response.field("Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + SIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=200000-",
        "bytes=200001-300000",
        "bytes=-0",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-",
        "bytes=99999999999999999999-",
        "bytes=99999999999999999998-99999999999999999999"
      })
  void rangePastTheEndIs416WithTheSize(String range) throws IOException {
    Response response = send("GET", path, HttpFields.of("Range", range));
    assertThat(response.head().status()).isEqualTo(416);
    assertThat(response.body()).isEqualTo(ByteString.empty());
    assertThat(response.field("Content-Range")).isEqualTo("bytes */" + SIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=99999999999999999999-99999999999999999998",
        "bytes=9223372036854775809-9",
        "bytes 0-1"
      })
  void malformedOrMultipleRangesAreIgnored(String range) throws IOException {
    Response response = send("GET", path, HttpFields.of("Range", range));
    assertThat(response.head().status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ByteString.copyOf(content));
  }

  @Test
  void symbolicLinkIsNotFollowed() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "for nobody");
    Path file = directory.resolve("store" + path);
    Files.delete(file);
    Files.createSymbolicLink(file, secret);
    assertThat(send("GET", path, HttpFields.empty()).head().status()).isEqualTo(404);
  }

  @Test
  void faultsAreNotStoredByCaches() throws IOException {
    assertThat(send("GET", "/ab/nosuch", HttpFields.empty()).field("Cache-Control"))
        .isEqualTo("no-store");
    assertThat(send("GET", path, HttpFields.of("Range", "bytes=200000-")).field("Cache-Control"))
        .isEqualTo("no-store");
  }

  @Test
  void ifRangeSendsThePartOfThatContentOnly() throws IOException {
    HttpFields range = HttpFields.of("Range", "bytes=10-");
    assertThat(send("GET", path, range.with("If-Range", tag)).head().status()).isEqualTo(206);
    for (String other : new String[] {"\"other\"", "W/" + tag, "Sat, 21 Nov 2026 21:00:00 GMT"}) {
      Response whole = send("GET", path, range.with("If-Range", other));
      assertThat(whole.head().status()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(ByteString.copyOf(content));
    }
  }

  @Test
  void ifNoneMatchIs304() throws IOException {
    for (String known : new String[] {tag, "W/" + tag, "\"a\", " + tag, "*"}) {
      Response response = send("GET", path, HttpFields.of("If-None-Match", known));
      assertThat(response.head().status()).isEqualTo(304);
      assertThat(response.body()).isEqualTo(ByteString.empty());
      assertThat(response.field("ETag")).isEqualTo(tag);
    }
    assertThat(send("GET", path, HttpFields.of("If-None-Match", "\"a\"")).head().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/unfinished",
        "/unfinished/",
        "/ab",
        "/ab/",
        "/../content",
        "/%2e%2e/content",
        "/ab/..%2f..%2fcontent",
        "/ab/%2e%2e",
        "/ab/\\..\\content",
        "/ab/abcd%00",
        "/ab/ab",
        "//etc/passwd",
        "/ab/abababababababababababababababababababababababababababababababab",
        "/AB/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB",
        "/cd/abababababababababababababababababababababababababababababababab",
        "/abababababababababababababababababababababababababababababababab",
      })
  void otherPathsAreNotFound(String target) throws IOException {
    assertThat(send("GET", target, HttpFields.empty()).head().status()).isIn(400, 404);
    assertThat(send("GET", path + "/more", HttpFields.empty()).head().status()).isEqualTo(404);
  }

  @Test
  void contentIsReadOnly() throws IOException {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
      Response response = send(method, path, HttpFields.empty());
      assertThat(response.head().status()).isEqualTo(405);
      assertThat(response.field("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void serviceHasAnotherBelowAPath() {
    HttpService both =
        ((HttpService) request -> FixedExchange.text(200, "above " + request.target()))
            .with("content", request -> FixedExchange.text(200, "below " + request.target()));
    assertThat(text(both, "/content/ab/cd?x")).isEqualTo("below /ab/cd?x");
    assertThat(text(both, "/contents/ab")).isEqualTo("above /contents/ab");
    assertThat(text(both, "/content")).isEqualTo("above /content");
  }

  private static String text(HttpService service, String target) {
    try (HttpExchange exchange =
        service.open(
            new RequestHead("GET", target, HttpFields.empty(), ClientConnection.UNKNOWN))) {
      return ByteString.copyOf(requireNonNull(exchange.nextOutput())).utf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
