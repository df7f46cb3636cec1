// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.ManifestFinding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloneBundleManifestTest {
  private static CloneBundleManifest parse(String text) {
    return CloneBundleManifest.parse(ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static CloneBundleEntry only(String text) {
    CloneBundleManifest manifest = parse(text);
    assertThat(manifest.findings()).isEmpty();
    assertThat(manifest.entries()).hasSize(1);
    return manifest.entries().get(0);
  }

  private static List<String> urls(CloneBundleManifest manifest) {
    return manifest.entries().stream().map(CloneBundleEntry::url).toList();
  }

  @Test
  void lineIsAUrlAndAttributes() {
    CloneBundleEntry entry =
        only("https://cdn.example/a.hg BUNDLESPEC=zstd-v2 REQUIRESNI=true ec2region=us-west-2\n");

    assertThat(entry.line()).isEqualTo(1);
    assertThat(entry.url()).isEqualTo("https://cdn.example/a.hg");
    assertThat(entry.attributes())
        .containsExactly(
            entry("BUNDLESPEC", "zstd-v2"),
            entry("COMPRESSION", "zstd"),
            entry("VERSION", "v2"),
            entry("REQUIRESNI", "true"),
            entry("ec2region", "us-west-2"));
  }

  @Test
  void anyAsciiWhiteSpaceSeparates() {
    assertThat(only(" \t\fhttps://h/a\t \u000ba=1\f\fb=2 ").attributes())
        .containsExactly(entry("a", "1"), entry("b", "2"));
  }

  @Test
  void linesEndAsTheyDoForMercurialAndAreCounted() {
    CloneBundleManifest manifest = parse("\n\nh:1\r\nh:2\rh:3\r\r\nh:4");

    assertThat(manifest.entries())
        .extracting(CloneBundleEntry::url, CloneBundleEntry::line)
        .containsExactly(tuple("h:1", 3), tuple("h:2", 4), tuple("h:3", 5), tuple("h:4", 7));
  }

  @Test
  void keysAndValuesArePercentDecodedAndPlusSignsKept() {
    assertThat(only("h:1 a%20b=c%2Bd+e%3D=%C3%A9").attributes())
        .containsExactly(entry("a b", "c+d+e==\u00e9"));
  }

  @Test
  void theUrlIsNotDecoded() {
    assertThat(only("https://h/a%20b%2F?c=d").url()).isEqualTo("https://h/a%20b%2F?c=d");
  }

  @Test
  void strayPercentSignIsKeptAndReported() {
    CloneBundleManifest manifest = parse("h:1 a=100% b=%zz");

    assertThat(manifest.entries().get(0).attributes())
        .containsExactly(entry("a", "100%"), entry("b", "%zz"));
    assertThat(manifest.findings())
        .extracting(ManifestFinding::severity)
        .containsExactly(Severity.WARNING, Severity.WARNING);
  }

  @Test
  void lastValueOfAKeyCountsAndDuplicatesAreReported() {
    CloneBundleManifest manifest = parse("h:1 a=1 b=2 a=3");

    assertThat(manifest.entries().get(0).attributes())
        .containsExactly(entry("b", "2"), entry("a", "3"));
    assertThat(manifest.findings()).hasSize(1);
  }

  @Test
  void attributesAfterBundlespecOverrideIt() {
    assertThat(only("h:1 BUNDLESPEC=gzip-v1 COMPRESSION=bzip2").attributes())
        .containsEntry("COMPRESSION", "bzip2")
        .containsEntry("VERSION", "v1");
    assertThat(parse("h:1 COMPRESSION=bzip2 BUNDLESPEC=gzip-v1").entries().get(0).attributes())
        .containsEntry("COMPRESSION", "gzip");
  }

  @Test
  void unknownBundlespecIsKeptAndNothingDerivedFromIt() {
    assertThat(only("h:1 BUNDLESPEC=zstd-v1").attributes())
        .containsExactly(entry("BUNDLESPEC", "zstd-v1"));
  }

  @Test
  void oldNamesOfBundlespecsAreKept() {
    assertThat(only("h:1 BUNDLESPEC=gzip-bundle2").attributes())
        .containsEntry("VERSION", "bundle2");
  }

  @Test
  void attributeWithoutEqualsSignSkipsOnlyItsLine() {
    CloneBundleManifest manifest = parse("h:1\nh:2 BROKEN\nh:3");

    assertThat(urls(manifest)).containsExactly("h:1", "h:3");
    assertThat(manifest.findings()).hasSize(1);
    assertThat(manifest.findings().get(0).line()).isEqualTo(2);
    assertThat(manifest.findings().get(0).severity()).isEqualTo(Severity.ERROR);
    assertThat(manifest.findings().get(0).message()).contains("BROKEN", "key=value");
  }

  @Test
  void aUrlAttributeCannotReplaceTheUrlAndIsReported() {
    CloneBundleManifest manifest =
        parse("https://good.example/ URL=https://evil.example/ U%52L=file:///etc/passwd a=b");

    assertThat(urls(manifest)).containsExactly("https://good.example/");
    assertThat(manifest.entries().get(0).attributes()).containsExactly(entry("a", "b"));
    assertThat(manifest.findings()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h:1 a=%00",
        "h:1 a=%0A",
        "h:1 a=%0D",
        "h:1 a=%09",
        "h:1 a=%1b[31m",
        "h:1 a=%7f",
        "h:1 a=%C2%9B",
        "h:1 %0A=b",
        "h:1 a=\u0000",
        "h:1 a=\u001b",
        "h:1 a=\u0001",
        "h:1%0Ah:2",
        "h:1%00",
        "h:1%7F",
        "h\u0000:1",
        "h:\u001b[31m",
        "h:1\u007f"
      })
  void controlBytesAreRefusedRawAndEncoded(String line) {
    CloneBundleManifest manifest = parse("h:before\n" + line + "\nh:after\n");

    assertThat(urls(manifest)).containsExactly("h:before", "h:after");
    assertThat(manifest.findings()).hasSize(1);
    assertThat(manifest.findings().get(0).line()).isEqualTo(2);
    assertThat(manifest.findings().get(0).message()).doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"h:1 a=\u00e9", "h:1 a=%E9", "h:\u00e9", "h:1 a=%C0%80", "\u00ef\u00bb\u00bfh:1"})
  void nonUtf8AttributesAndNonAsciiUrlsAreSkippedAndReported(String line) {
    CloneBundleManifest manifest = parse(line);

    assertThat(manifest.entries()).isEmpty();
    assertThat(manifest.findings()).hasSize(1);
  }

  @Test
  void otherSchemesAreKept() {
    assertThat(urls(parse("peer-bundle-cache://a.hg BUNDLESPEC=gzip-v2\nssh://h/b\n")))
        .containsExactly("peer-bundle-cache://a.hg", "ssh://h/b");
  }

  @Test
  void lineAtTheLimitIsReadAndALongerOneSkipped() {
    String longest = "h:1 a=" + "x".repeat(CloneBundleManifest.MAX_LINE_BYTES - 6);

    assertThat(parse(longest + "\r\n").entries()).hasSize(1);
    CloneBundleManifest longer = parse(longest + "x\nh:2\n");
    assertThat(urls(longer)).containsExactly("h:2");
    assertThat(longer.findings()).hasSize(1);
  }

  @Test
  void readsAThousandEntriesAndNoMore() {
    String most = "h:1\n".repeat(CloneBundleManifest.MAX_ENTRIES);

    assertThat(parse(most + " \n\n").findings()).isEmpty();
    CloneBundleManifest more = parse(most + "h:2\nh:3\n");
    assertThat(more.entries()).hasSize(CloneBundleManifest.MAX_ENTRIES);
    assertThat(urls(more)).containsOnly("h:1");
    assertThat(more.findings()).hasSize(1);
    assertThat(more.findings().get(0).line()).isEqualTo(CloneBundleManifest.MAX_ENTRIES);
  }

  @Test
  void readsAMebibyteAndNoMore() {
    String blank = "\n".repeat(CloneBundleManifest.MAX_BYTES - 4);

    assertThat(parse(blank + "h:12"))
        .satisfies(
            m -> {
              assertThat(urls(m)).containsExactly("h:12");
              assertThat(m.findings()).isEmpty();
            });
    CloneBundleManifest longer = parse("h:0" + blank + "h:12");
    assertThat(urls(longer)).containsExactly("h:0");
    assertThat(longer.findings()).hasSize(1);
  }

  @Test
  void reportsAreBounded() {
    CloneBundleManifest manifest = parse("x y\n".repeat(200_000));

    assertThat(manifest.entries()).isEmpty();
    assertThat(manifest.findings()).hasSize(CloneBundleManifest.MAX_FINDINGS);
  }

  @Test
  void entryIsPrintedAsMercurialWritesIt() {
    CloneBundleEntry entry =
        CloneBundleEntry.of("https://h/a", Map.of("BUNDLESPEC", "none-v2;cg.version=03"));

    assertThat(entry.attributes())
        .containsEntry("COMPRESSION", "none")
        .containsEntry("VERSION", "v2");
    assertThat(entry.print()).isEqualTo("https://h/a BUNDLESPEC=none-v2;cg.version%3D03");
    assertThat(CloneBundleManifest.of(List.of(entry)).print().utf8())
        .isEqualTo("https://h/a BUNDLESPEC=none-v2;cg.version%3D03\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "\u00e9"})
  void refusesUrlsOtherThanPrintableAscii(String url) {
    assertThatThrownBy(() -> CloneBundleEntry.of(url, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAttributesThatNoManifestCanHave() {
    assertThatThrownBy(() -> CloneBundleEntry.of("h:1", Map.of("URL", "h:2")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CloneBundleEntry.of("h:1", Map.of("a", "b\nh:2")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
