// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;

/** Content locations: what a server sends instead of a response that is elsewhere. */
public final class LocationArbitraries {
  private static final String[] KEYS = {
    "url", "mediatype", "size", "fullhashes", "fullhashseed", "serverdercerts", "servercadercerts"
  };

  private LocationArbitraries() {}

  /** Sound locations: any subset of the optional keys, certificates that are certificates. */
  public static Arbitrary<ContentLocation> locations() {
    Arbitrary<OptionalLong> sizes =
        Arbitraries.longs()
            .greaterOrEqual(0)
            .map(OptionalLong::of)
            .injectNull(0.3)
            .map(size -> size == null ? OptionalLong.empty() : size);
    return Combinators.combine(
            urls(),
            Arbitraries.of("application/mercurial-cbor", "application/octet-stream", "x/y"),
            sizes,
            hashes(),
            seeds(),
            certificates(),
            certificates(),
            segments())
        .as(
            (url, type, size, hashes, seed, own, authorities, segments) ->
                new ContentLocation(
                    ByteString.utf8(url),
                    ByteString.utf8(type),
                    size,
                    hashes,
                    seed.isEmpty() ? null : seed.get(0),
                    own,
                    authorities,
                    segments.isEmpty() ? null : segments.get(0)));
  }

  private static Arbitrary<String> urls() {
    return Combinators.combine(
            Arbitraries.of("https://", "http://", "https://user@", "HTTPS://"),
            Arbitraries.of("example.com", "cdn.example.org:8443", "192.0.2.7", "[2001:db8::1]"),
            Arbitraries.strings().withCharRange('!', '~').ofMaxLength(20))
        .as((scheme, host, path) -> scheme + host + "/" + path);
  }

  private static Arbitrary<List<ContentHash>> hashes() {
    return Arbitraries.of("sha1", "sha256", "sha384", "sha512", "blake2b")
        .list()
        .uniqueElements()
        .ofMaxSize(3)
        .flatMap(
            names ->
                DamageArbitraries.noise(64)
                    .list()
                    .ofSize(names.size())
                    .map(
                        values ->
                            IntStream.range(0, names.size())
                                .mapToObj(
                                    i ->
                                        new ContentHash(
                                            ByteString.utf8(names.get(i)), values.get(i)))
                                .toList()));
  }

  private static Arbitrary<List<ByteString>> seeds() {
    return DamageArbitraries.noise(16).list().ofMaxSize(1);
  }

  private static Arbitrary<List<ByteString>> certificates() {
    return Arbitraries.lazy(() -> CertificateArbitraries.certificates()).list().ofMaxSize(2);
  }

  private static Arbitrary<List<SegmentHashes>> segments() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1 << 20),
            DamageArbitraries.noise(32).list().ofMaxSize(3))
        .as((size, hashes) -> new SegmentHashes(ByteString.utf8("sha256"), size, hashes))
        .list()
        .ofMaxSize(1);
  }

  /** Nearly sound: the map of a location with one key that is missing or has any value. */
  public static Arbitrary<CborMap> nearlySoundLocations() {
    Arbitrary<List<CborValue>> replacement = CborArbitraries.values().list().ofMaxSize(1);
    return Combinators.combine(locations(), Arbitraries.of(KEYS), replacement)
        .as(
            (location, key, value) ->
                with(location.toCbor(), key, value.isEmpty() ? null : value.get(0)));
  }

  private static CborMap with(CborMap map, String key, @Nullable CborValue value) {
    CborMap.Builder changed = CborMap.builder();
    CborBytes changedKey = CborBytes.utf8(key);
    map.entries().stream()
        .filter(entry -> !entry.getKey().equals(changedKey))
        .forEach(entry -> changed.put(entry.getKey(), entry.getValue()));
    if (value != null) {
      changed.put(changedKey, value);
    }
    return changed.build();
  }

  /**
   * Hostile: encoded locations that are damaged, have sizes beyond a long, or URLs of any bytes.
   */
  public static Arbitrary<ByteString> hostileLocations() {
    Arbitrary<ByteString> sizes =
        Combinators.combine(locations(), CborArbitraries.integers())
            .as((location, size) -> encode(location, "size", size));
    Arbitrary<ByteString> urls =
        Combinators.combine(
                locations(),
                Arbitraries.of("https:", "https://", "file:///etc/passwd", "//h/", "https://[::"),
                DamageArbitraries.noise(20))
            .as(
                (location, beginning, rest) ->
                    encode(
                        location,
                        "url",
                        new CborBytes(
                            CborArbitraries.concatenate(
                                List.of(ByteString.utf8(beginning), rest)))));
    return Arbitraries.oneOf(
        DamageArbitraries.damaged(locations().map(each -> CborEncoder.encode(each.toCbor()))),
        sizes,
        urls);
  }

  private static ByteString encode(ContentLocation location, String key, CborValue value) {
    return CborEncoder.encode(with(location.toCbor(), key, value));
  }
}
