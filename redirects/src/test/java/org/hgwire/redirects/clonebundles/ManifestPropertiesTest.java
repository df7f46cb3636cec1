// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map.Entry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.hgwire.core.ByteString;

class ManifestPropertiesTest {
  private static final String SAMPLE =
      """
      https://cdn.example/a.zstd.hg BUNDLESPEC=zstd-v2 REQUIREDRAM=64MB REQUIRESNI=true
      https://s3.example/b%20.hg BUNDLESPEC=gzip-v2;cg.version%3D03 ec2region=us-west-2 COMPRESSION=x
      https://h/packed BUNDLESPEC=none-packed1;requirements%3Drevlogv1%252Cstore VERSION=%C3%A9
      peer-bundle-cache://c.hg DIGEST=sha512:00,sha256:11 URL=http://x/ %41=%
      """;

  @Property(tries = 3000)
  void arbitraryBytesAreParsedWithoutException(@ForAll byte[] bytes) {
    check(bytes);
  }

  @Property(tries = 3000)
  void changedManifestsAreParsedWithoutException(
      @ForAll("changes") List<Tuple2<Integer, String>> changes) {
    StringBuilder text = new StringBuilder(SAMPLE);
    for (Tuple2<Integer, String> change : changes) {
      int at = change.get1() % (text.length() + 1);
      if (change.get2().isEmpty()) {
        text.delete(at, Math.min(text.length(), at + 7));
      } else {
        text.insert(at, change.get2());
      }
    }
    check(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<Tuple2<Integer, String>>> changes() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "",
            "",
            "\n",
            "\r",
            "%0A",
            "%00",
            "%1b",
            "%",
            "%4",
            "=",
            " ",
            " BUNDLESPEC=",
            "-",
            ";",
            " URL=",
            "\t",
            "\u0000",
            "\u00e9",
            "%C3%A9",
            "+",
            "v1",
            " VERSION=v2",
            "COMPRESSION=");
    return Arbitraries.integers()
        .between(0, 10_000)
        .flatMap(at -> pieces.map(piece -> Tuple.of(at, piece)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property(tries = 500)
  void bundlespecsAndDigestsAreParsedWithoutOtherExceptions(@ForAll String text) {
    Bundlespec spec = Bundlespec.find(text);
    assertThat(spec == null || spec.equals(Bundlespec.find(spec.toString()))).isTrue();
    DigestAttribute digest = DigestAttribute.parse(text);
    assertThat(digest.hashes()).isEqualTo(DigestAttribute.parse(digest.toString()).hashes());
  }

  /** Nothing is thrown, the invariants hold, and the printed form parses to the same manifest. */
  private static void check(byte[] bytes) {
    CloneBundleManifest manifest = CloneBundleManifest.parse(ByteString.copyOf(bytes));
    for (CloneBundleEntry entry : manifest.entries()) {
      assertThat(entry.url()).matches("[!-~]+");
      assertThat(entry.attributes()).doesNotContainKey("URL");
      for (Entry<String, String> attribute : entry.attributes().entrySet()) {
        assertThat(attribute.getKey() + attribute.getValue()).doesNotContainPattern("\\p{Cntrl}");
      }
    }
    CloneBundleManifest again = CloneBundleManifest.parse(manifest.print());
    assertThat(again.entries()).hasSameSizeAs(manifest.entries());
    for (int i = 0; i < again.entries().size(); i++) {
      assertThat(again.entries().get(i).url()).isEqualTo(manifest.entries().get(i).url());
      assertThat(again.entries().get(i).attributes())
          .isEqualTo(manifest.entries().get(i).attributes());
    }
    assertThat(again.print()).isEqualTo(manifest.print());
    assertThat(again.findings()).isEmpty();
    assertThat(ManifestLint.of(ByteString.copyOf(bytes))).isNotNull();
    BundleSelection selection =
        BundleSelection.of(
            manifest.entries(), ClientCapabilities.ofPlatform().withAllowSha1(true), List.of());
    assertThat(selection.chosen().size() + selection.rejected().size())
        .isEqualTo(manifest.entries().size());
  }
}
