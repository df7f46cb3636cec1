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

  private record Answer(ResponseHead head, ByteString body) {
    @Nullable String field(String name) {
      return head.fields().first(name);
    }
  }

  private Answer ask(String method, String target, HttpFields fields) throws IOException {
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
      return new Answer(head, ByteString.copyOf(body.toByteArray()));
    }
  }

  @Test
  void aContentIsGivenWholeWithAStrongTagForEver() throws IOException {
    Answer answer = ask("GET", path, HttpFields.empty());
    assertThat(answer.head().status()).isEqualTo(200);
    assertThat(answer.head().length()).hasValue(SIZE);
    assertThat(answer.body()).isEqualTo(ByteString.copyOf(content));
    assertThat(answer.field("ETag")).isEqualTo(tag);
    assertThat(answer.field("Cache-Control")).contains("immutable");
    assertThat(answer.field("Content-Type")).isEqualTo("application/mercurial-cbor");
    assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void headSaysTheSameWithoutTheBytes() throws IOException {
    Answer answer = ask("HEAD", path, HttpFields.of("Range", "bytes=5-6"));
    assertThat(answer.head().status()).isEqualTo(200);
    assertThat(answer.head().length()).hasValue(SIZE);
    assertThat(answer.body()).isEqualTo(ByteString.empty());
    assertThat(answer.field("ETag")).isEqualTo(tag);
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
  })
  void oneRangeIsGiven(String range, int from, int to) throws IOException {
    Answer answer = ask("GET", path, HttpFields.of("Range", range));
    assertThat(answer.head().status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(ByteString.copyOf(content, from, to - from));
    assertThat(answer.head().length()).hasValue(to - from);
    assertThat(answer.field("Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + SIZE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=200000-", "bytes=200001-300000", "bytes=-0"})
  void aRangePastTheEndIs416AndSaysHowMuchThereIs(String range) throws IOException {
    Answer answer = ask("GET", path, HttpFields.of("Range", range));
    assertThat(answer.head().status()).isEqualTo(416);
    assertThat(answer.body()).isEqualTo(ByteString.empty());
    assertThat(answer.field("Content-Range")).isEqualTo("bytes */" + SIZE);
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
        "bytes=99999999999999999999-",
        "bytes=-99999999999999999999",
        "bytes 0-1"
      })
  void whatIsNoSingleRangeIsPassedOver(String range) throws IOException {
    Answer answer = ask("GET", path, HttpFields.of("Range", range));
    assertThat(answer.head().status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ByteString.copyOf(content));
  }

  @Test
  void ifRangeGivesThePartOnlyOfThatContent() throws IOException {
    HttpFields range = HttpFields.of("Range", "bytes=10-");
    assertThat(ask("GET", path, range.with("If-Range", tag)).head().status()).isEqualTo(206);
    for (String other : new String[] {"\"other\"", "W/" + tag, "Sat, 21 Nov 2026 21:00:00 GMT"}) {
      Answer whole = ask("GET", path, range.with("If-Range", other));
      assertThat(whole.head().status()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(ByteString.copyOf(content));
    }
  }

  @Test
  void ifNoneMatchGives304() throws IOException {
    for (String known : new String[] {tag, "W/" + tag, "\"a\", " + tag, "*"}) {
      Answer answer = ask("GET", path, HttpFields.of("If-None-Match", known));
      assertThat(answer.head().status()).isEqualTo(304);
      assertThat(answer.body()).isEqualTo(ByteString.empty());
      assertThat(answer.field("ETag")).isEqualTo(tag);
    }
    assertThat(ask("GET", path, HttpFields.of("If-None-Match", "\"a\"")).head().status())
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
  void nothingElseIsFound(String target) throws IOException {
    assertThat(ask("GET", target, HttpFields.empty()).head().status()).isIn(400, 404);
    assertThat(ask("GET", path + "/more", HttpFields.empty()).head().status()).isEqualTo(404);
  }

  @Test
  void nothingCanBeWritten() throws IOException {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
      Answer answer = ask(method, path, HttpFields.empty());
      assertThat(answer.head().status()).isEqualTo(405);
      assertThat(answer.field("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void aServiceHasAnotherBelowAPath() {
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
