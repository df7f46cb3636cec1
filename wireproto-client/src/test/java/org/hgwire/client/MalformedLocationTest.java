// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Locations that are malformed: the target rests, and the response comes inline. */
@Timeout(60)
final class MalformedLocationTest {
  private static final CborValue[] OBJECTS = Redirecting.objects(4, 50);
  private static final byte[] BODY = Redirecting.body(OBJECTS);
  private static final CommandRequest REQUEST = CommandRequest.of("objects", CborMap.empty());
  private static final String URL = "http://one.test/c";
  private static final CborBytes TEXT = CborBytes.utf8("text");
  private static final CborInteger ONE = CborInteger.of(1);

  private final MemoryContentHosts contentHosts = new MemoryContentHosts();
  private final RecordingListener listener = new RecordingListener();
  private final ScriptedServer server =
      new ScriptedServer().redirecting(Redirecting.targets("one", "two"), contentHosts);

  private interface Change extends Consumer<Map<String, CborValue>> {}

  private static Arguments shape(String name, Change change) {
    return Arguments.of(name, change);
  }

  private static Arguments with(String key, CborValue value, String name) {
    return shape(key + ": " + name, fields -> fields.put(key, value));
  }

  private static CborArray hash(CborValue... items) {
    return CborArray.of(CborArray.of(items));
  }

  static Stream<Arguments> shapes() {
    CborBytes sha256 = CborBytes.utf8("sha256");
    CborBytes value = new CborBytes(Redirecting.sha256(BODY));
    return Stream.of(
        with("size", new CborInteger(false, Long.MIN_VALUE), "2^63"),
        with("size", new CborInteger(false, -1), "2^64 - 1"),
        with("size", CborInteger.of(-1), "negative"),
        with("size", TEXT, "bytes"),
        with("size", CborBoolean.TRUE, "a boolean"),
        with(
            "fullhashes",
            CborArray.of(CborArray.of(sha256, value), CborArray.of(sha256, value)),
            "a hash twice"),
        with("fullhashes", TEXT, "bytes"),
        with("fullhashes", hash(sha256), "no value"),
        with("fullhashes", hash(sha256, value, value), "two values"),
        with("fullhashes", hash(sha256, ONE), "a number"),
        with("fullhashes", hash(ONE, value), "no name"),
        with("fullhashes", CborArray.of(TEXT), "no pair"),
        with("fullhashseed", ONE, "a number"),
        with("serverdercerts", CborArray.of(), "empty"),
        with("serverdercerts", TEXT, "bytes"),
        with("serverdercerts", CborArray.of(ONE), "a number"),
        with("servercadercerts", CborArray.of(), "empty"),
        with("servercadercerts", ONE, "a number"),
        with("mediatype", ONE, "a number"),
        shape("mediatype: missing", fields -> fields.remove("mediatype")),
        shape("url: missing", fields -> fields.remove("url")),
        with("url", ONE, "a number"),
        with("url", CborArray.of(TEXT), "an array"));
  }

  private static Map<String, CborValue> sound() {
    Map<String, CborValue> fields = new LinkedHashMap<>();
    fields.put("url", CborBytes.utf8(URL));
    fields.put("mediatype", CborBytes.utf8("application/mercurial-cbor"));
    fields.put("size", CborInteger.of(BODY.length));
    fields.put(
        "fullhashes",
        CborArray.of(
            CborArray.of(CborBytes.utf8("sha256"), new CborBytes(Redirecting.sha256(BODY)))));
    return fields;
  }

  private static CborMap location(Change change) {
    Map<String, CborValue> fields = sound();
    change.accept(fields);
    CborMap.Builder map = CborMap.builder();
    fields.forEach(map::put);
    return map.build();
  }

  private void redirectTo(@Nullable CborValue location) {
    server.raw("objects", request -> respond(request, location));
  }

  private static Iterator<ByteString> respond(
      CommandRequest request, @Nullable CborValue location) {
    if (!Redirecting.offered(request).contains("one")) {
      return Redirecting.inline(OBJECTS);
    }
    CborMap.Builder status = CborMap.builder().put("status", ByteString.utf8("redirect"));
    if (location != null) {
      status.put("location", location);
    }
    return List.of(CborEncoder.encode(status.build())).iterator();
  }

  private void requireObjects(Peer peer) throws PeerException {
    assertThat(Redirecting.read(peer.call(REQUEST))).containsExactly(OBJECTS);
  }

  private PeerOptionsBuilder options() {
    return PeerOptions.builder().retries(RetryPolicy.never()).listener(listener);
  }

  private void requireInline() throws PeerException {
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
      requireObjects(peer);
    }
    assertThat(contentHosts.requests).isEmpty();
    assertThat(listener.failedRedirects())
        .isNotEmpty()
        .allSatisfy(
            failed -> {
              assertThat(failed.fault()).isEqualTo(RedirectFault.BAD_LOCATION);
              assertThat(failed.retried()).isTrue();
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void responseComesInline(String name, Change change) throws Exception {
    redirectTo(location(change));
    requireInline();
    if (!name.startsWith("url")) {
      assertThat(listener.failedRedirects()).as("its target rests").hasSize(1);
    }
  }

  static Stream<Arguments> noMaps() {
    return Stream.of(Arguments.of(TEXT), Arguments.of(CborArray.of()), Arguments.of((Object) null));
  }

  @ParameterizedTest
  @MethodSource("noMaps")
  void locationThatIsNoMapComesInline(@Nullable CborValue location) throws Exception {
    redirectTo(location);
    requireInline();
  }

  static Stream<Arguments> unreadableExtensions() {
    CborArray hashes = CborArray.of(TEXT);
    return Stream.of(
            TEXT,
            CborMap.empty(),
            CborMap.builder().put("algorithm", TEXT).put("size", ONE).build(),
            CborMap.builder()
                .put("algorithm", TEXT)
                .put("size", CborInteger.of(0))
                .put("hashes", hashes)
                .build(),
            CborMap.builder().put("algorithm", ONE).put("size", ONE).put("hashes", hashes).build(),
            CborMap.builder()
                .put("algorithm", TEXT)
                .put("size", CborInteger.of(-1))
                .put("hashes", hashes)
                .build(),
            CborMap.builder().put("algorithm", TEXT).put("size", ONE).put("hashes", TEXT).build())
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("unreadableExtensions")
  void unreadableExtensionIsIgnored(CborValue extension) throws Exception {
    contentHosts.on("one.test", MemoryContentHosts.serving(BODY));
    redirectTo(location(fields -> fields.put("hgwire-segmenthashes", extension)));
    try (Peer peer = server.connect(options())) {
      requireObjects(peer);
    }
    assertThat(contentHosts.requests).hasSize(1);
    assertThat(listener.failedRedirects()).isEmpty();
  }

  @Test
  void onlyTargetRestsIfTheLocationHasNoUrl() throws Exception {
    ScriptedServer single =
        new ScriptedServer().redirecting(Redirecting.targets("one"), contentHosts);
    single.raw("objects", request -> respond(request, location(fields -> fields.remove("url"))));
    try (Peer peer = single.connect(options())) {
      requireObjects(peer);
      requireObjects(peer);
    }
    assertThat(listener.failedRedirects()).hasSize(1);
  }

  @Test
  void malformedLocationThatWasNotOfferedIsRefused() throws Exception {
    ScriptedServer plain = new ScriptedServer();
    plain.raw(
        "objects",
        request ->
            List.of(
                    CborEncoder.encode(
                        CborMap.builder().put("status", ByteString.utf8("redirect")).build()))
                .iterator());
    try (Peer peer = plain.connect(options())) {
      assertThatExceptionOfType(RedirectNotFollowedException.class)
          .isThrownBy(() -> Redirecting.read(peer.call(REQUEST)));
    }
  }
}
