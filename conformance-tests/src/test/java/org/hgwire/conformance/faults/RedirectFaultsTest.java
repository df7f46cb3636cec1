// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hgwire.client.Credentials;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.ContentHost.Behaviour;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ResponseCacher;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where Mercurial follows redirects without checking anything. A server redirects {@code heads} to
 * content with other heads. If the location is valid, the client uses it; if anything in it is
 * wrong, the client uses none of it, sends the command again, and gets the real heads.
 */
final class RedirectFaultsTest {
  private static final Node ELSEWHERE = Node.fromHex("e1".repeat(20));
  private static final byte[] CONTENT =
      CborEncoder.encode(CborArray.ofByteStrings(List.of(ELSEWHERE.toByteString()))).toByteArray();
  private static final ContentHash SHA1 = hash(HashAlgorithm.SHA1);
  private static final ContentHash SHA256 = hash(HashAlgorithm.SHA256);

  @TempDir Path content;
  private final List<RedirectEvent.Failed> failures = new CopyOnWriteArrayList<>();
  private ContentHost host;
  private Node here;
  private MemoryRepository repository;

  @BeforeEach
  void makeContent() throws IOException {
    Files.write(Files.createDirectory(content.resolve("target")).resolve("content"), CONTENT);
    Files.write(content.resolve("content"), CONTENT);
    host = ContentHost.http(content);
    repository = MemoryRepository.publishing();
    here = repository.commit().message("the only one").commit();
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void redirectIsFollowedWithoutTheOriginsCredentials() throws IOException {
    assertThat(heads(location -> location)).containsExactly(ELSEWHERE);
    assertThat(failures).isEmpty();
    assertThat(host.served())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.authorization()).isNull();
              assertThat(request.cookie()).isNull();
            });
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        invalid("another hash", RedirectFault.HASH, l -> hashes(l, flipped(SHA256))),
        invalid("one of two hashes", RedirectFault.HASH, l -> hashes(l, flipped(SHA1), SHA256)),
        invalid("no hash over http", RedirectFault.NO_USABLE_HASH, l -> hashes(l)),
        invalid("only sha1", RedirectFault.NO_USABLE_HASH, l -> hashes(l, SHA1)),
        invalid(
            "only unknown hashes",
            RedirectFault.NO_USABLE_HASH,
            l -> hashes(l, new ContentHash(ByteString.utf8("blake9"), SHA256.value()))),
        invalid(
            "half a hash",
            RedirectFault.HASH_LENGTH,
            l -> hashes(l, new ContentHash(SHA256.name(), SHA1.value()))),
        invalid("a seed", RedirectFault.HASH, l -> seed(l, "salt")),
        invalid("one byte too short", RedirectFault.TOO_LONG, l -> size(l, CONTENT.length - 1)),
        invalid("one byte too long", RedirectFault.TOO_SHORT, l -> size(l, CONTENT.length + 1)),
        invalid("another type", RedirectFault.MEDIA_TYPE, l -> type(l, "text/plain")),
        invalid("a file", RedirectFault.SCHEME, l -> url(l, "file:///etc/passwd")),
        invalid(
            "a path outside of the target",
            RedirectFault.NOT_ADVERTISED,
            l -> url(l, l.url().utf8().replace("/target", ""))),
        invalid(
            "another host",
            RedirectFault.NOT_ADVERTISED,
            l -> url(l, l.url().utf8().replace("127.0.0.1", "localhost"))),
        invalid(
            "user info",
            RedirectFault.BAD_URL,
            l -> url(l, l.url().utf8().replace("//", "//user:password@"))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("invalid")
  void commandIsSentAgainAfterAnInvalidRedirect(
      String name, RedirectFault fault, Function<ContentLocation, ContentLocation> change)
      throws IOException {
    assertThat(heads(change)).containsExactly(here);
    assertThat(failures)
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.fault()).isEqualTo(fault);
              assertThat(failed.command()).isEqualTo("heads");
            });
  }

  @Test
  void failingTargetIsDropped() throws IOException {
    host.behave(Behaviour.UNAVAILABLE);
    assertThat(heads(location -> location)).containsExactly(here);
    assertThat(failures)
        .extracting(RedirectEvent.Failed::fault)
        .containsExactly(RedirectFault.STATUS);
  }

  private List<Node> heads(Function<ContentLocation, ContentLocation> change) throws IOException {
    URI base = host.url().resolve("target/");
    ContentLocation sound =
        new ContentLocation(
            ByteString.utf8(base + "content"),
            ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE),
            OptionalLong.of(CONTENT.length),
            List.of(SHA256),
            null,
            List.of(),
            List.of(),
            null);
    try (HgWireServer server = redirecting(change.apply(sound), base);
        Peer peer =
            Peer.connect(URI.create("http://127.0.0.1:" + server.port() + "/"), options())) {
      return List.copyOf(peer.heads());
    }
  }

  private PeerOptions options() {
    return PeerOptions.builder()
        .credentials(new Credentials("user", "password"))
        .header("Cookie", "session=1")
        .redirects(
            RedirectPolicy.builder()
                .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1").allowing("localhost"))
                .build())
        .listener(
            new ExchangeListener() {
              @Override
              public void redirectFailed(RedirectEvent.Failed event) {
                failures.add(event);
              }
            })
        .build();
  }

  /** Starts a server that redirects {@code heads} unconditionally. */
  private HgWireServer redirecting(ContentLocation location, URI base) throws IOException {
    ByteString name = ByteString.utf8("target");
    RedirectCapabilities capabilities =
        new RedirectCapabilities(
            List.of(RedirectTarget.of("target", base)), List.of(SHA256.name()));
    ResponseCacher cacher =
        call ->
            call.command().name().equals("heads") && call.offers(name)
                ? new ResponseOrigin.Redirected(name, location)
                : null;
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .redirects((caller, asked) -> capabilities)
            .accessControl(AccessControl.open())
            .cacher(cacher)
            .build();
    return HgWireServer.builder(options).grace(Duration.ofMillis(200)).start();
  }

  private static Arguments invalid(
      String name, RedirectFault fault, Function<ContentLocation, ContentLocation> change) {
    return Arguments.of(name, fault, change);
  }

  private static ContentHash hash(HashAlgorithm algorithm) {
    return new ContentHash(
        algorithm.wireName(), ByteString.copyOf(algorithm.newDigest().digest(CONTENT)));
  }

  private static ContentHash flipped(ContentHash hash) {
    byte[] bytes = hash.value().toByteArray();
    bytes[0] ^= 1;
    return new ContentHash(hash.name(), ByteString.copyOf(bytes));
  }

  private static ContentLocation hashes(ContentLocation from, ContentHash... hashes) {
    return with(from, from.url(), from.mediaType(), from.size(), List.of(hashes), null);
  }

  private static ContentLocation seed(ContentLocation from, String seed) {
    ByteString bytes = ByteString.copyOf(seed.getBytes(StandardCharsets.UTF_8));
    return with(from, from.url(), from.mediaType(), from.size(), from.fullHashes(), bytes);
  }

  private static ContentLocation size(ContentLocation from, long size) {
    OptionalLong other = OptionalLong.of(size);
    return with(from, from.url(), from.mediaType(), other, from.fullHashes(), null);
  }

  private static ContentLocation type(ContentLocation from, String type) {
    return with(from, from.url(), ByteString.utf8(type), from.size(), from.fullHashes(), null);
  }

  private static ContentLocation url(ContentLocation from, String url) {
    return with(from, ByteString.utf8(url), from.mediaType(), from.size(), from.fullHashes(), null);
  }

  private static ContentLocation with(
      ContentLocation from,
      ByteString url,
      ByteString type,
      OptionalLong size,
      List<ContentHash> hashes,
      @Nullable ByteString seed) {
    return new ContentLocation(
        url,
        type,
        size,
        hashes,
        seed,
        from.serverCertificates(),
        from.authorityCertificates(),
        null);
  }
}
