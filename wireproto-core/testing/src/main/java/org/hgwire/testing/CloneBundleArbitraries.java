// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;

/** Clone bundle manifests ({@code hg help -e clonebundles}), as text. */
public final class CloneBundleArbitraries {
  private static final int LONG_LINE = 20_000;

  private CloneBundleArbitraries() {}

  /** Sound bundlespecs, with and without parameters. */
  public static Arbitrary<String> bundlespecs() {
    return Combinators.combine(
            Arbitraries.of("none", "gzip", "bzip2", "zstd", "none"),
            Arbitraries.of("v1", "v2", "streamv2", "packed1"),
            Arbitraries.of(
                "", ";obsolescence=yes", ";stream=v2;requirements%3Ddotencode%2Cstore", ";a=b;c=d"))
        .as((compression, version, parameters) -> compression + "-" + version + parameters);
  }

  /** Nearly sound bundlespecs: unknown, reordered or missing parts. */
  public static Arbitrary<String> nearlySoundBundlespecs() {
    return Arbitraries.of(
            "gzip", "v2", "none", "zstd", "-", ";", "=", "stream=v2", "v3", "xz", "%", "%zz", "")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  /** Sound manifests: lines of a URL and attributes. */
  public static Arbitrary<ByteString> manifests() {
    return manifest(lines());
  }

  private static Arbitrary<String> lines() {
    Arbitrary<String> urls =
        Combinators.combine(
                Arbitraries.of("https://example.com/", "http://192.0.2.1/", "peer-bundle-cache://"),
                Arbitraries.strings().withChars("abz09./-_").ofMinLength(1).ofMaxLength(15))
            .as((host, path) -> host + path);
    Arbitrary<String> digests =
        Arbitraries.strings()
            .withChars("0123456789abcdef")
            .ofLength(64)
            .map(hex -> "DIGEST=sha256:" + hex);
    Arbitrary<String> attributes =
        Arbitraries.oneOf(
            bundlespecs().map(spec -> "BUNDLESPEC=" + spec),
            Arbitraries.of("REQUIRESNI=true", "REQUIREDRAM=64MB", "REQUIREDRAM=3.5GB"),
            digests,
            Combinators.combine(
                    Arbitraries.strings().withChars("abcXYZ.-").ofMinLength(1).ofMaxLength(8),
                    Arbitraries.strings().withChars("abc%20").ofMaxLength(8))
                .as((key, value) -> "x-" + key + "=" + value.replace("%", "%25")));
    return Combinators.combine(urls, attributes.list().ofMaxSize(5))
        .as((url, list) -> list.isEmpty() ? url : url + " " + String.join(" ", list));
  }

  /** Nearly sound manifests: a line that is malformed among sound ones. */
  public static Arbitrary<ByteString> nearlySoundManifests() {
    Arbitrary<String> malformed =
        Arbitraries.oneOf(
            Arbitraries.of(
                "https://h/ a",
                "https://h/ =b",
                "https://h/ a=%zz",
                "https://h/ a=%",
                "a=b",
                " ",
                "https://h/ DIGEST=sha256:00",
                "https://h/ DIGEST=sha256",
                "\t",
                "https://h/ URL=x",
                "https://h/ REQUIREDRAM=-1",
                "https://h/ REQUIREDRAM=1e99TB",
                "file:///etc/passwd"),
            nearlySoundBundlespecs().map(spec -> "https://h/x BUNDLESPEC=" + spec),
            lines().map(line -> line.replace("=", " = ")));
    return manifest(Arbitraries.oneOf(lines(), malformed));
  }

  /** Hostile manifests: damaged, of any bytes, with lines that never end or with many lines. */
  public static Arbitrary<ByteString> hostileManifests() {
    Arbitrary<ByteString> large =
        Combinators.combine(
                Arbitraries.of("a", " ", "\n", "%", "%25", "=", ";", "https://h/ a=b\n", "\r"),
                Arbitraries.integers().between(1, LONG_LINE))
            .as((text, times) -> ByteString.utf8(text.repeat(times)));
    return Arbitraries.oneOf(
        DamageArbitraries.damaged(manifests()),
        DamageArbitraries.damaged(nearlySoundManifests()),
        DamageArbitraries.noise(100),
        large);
  }

  private static Arbitrary<ByteString> manifest(Arbitrary<String> lines) {
    Arbitrary<List<String>> all = lines.list().ofMaxSize(5);
    return Combinators.combine(all, Arbitraries.of("\n", "\r\n"))
        .as(
            (text, end) ->
                ByteString.utf8(String.join("", text.stream().map(l -> l + end).toList())));
  }
}
