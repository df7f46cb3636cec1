// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.redirects.clonebundles.RejectedEntry.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleSelectionTest {
  private static final String SHA256 = "sha256:" + "ab".repeat(32);
  private static final String SHA1 = "sha1:" + "ab".repeat(20);

  private static ClientCapabilities capabilities(@Nullable String origin) {
    ClientCapabilities all = ClientCapabilities.ofPlatform().withMemory(1000);
    return origin == null ? all : all.withOrigin(URI.create(origin));
  }

  private static BundleSelection select(
      ClientCapabilities capabilities, String preferences, String... lines) {
    CloneBundleManifest manifest =
        CloneBundleManifest.parse(ByteString.utf8(String.join("\n", lines)));
    return BundleSelection.of(
        manifest.entries(), capabilities, BundlePreference.parseList(preferences));
  }

  private static List<String> chosen(String preferences, String... lines) {
    return select(capabilities(null), preferences, lines).chosen().stream()
        .map(entry -> entry.url().substring("https://h/".length()))
        .toList();
  }

  private static @Nullable Reason reason(ClientCapabilities capabilities, String line) {
    BundleSelection selection = select(capabilities, "", line);
    return selection.rejected().isEmpty() ? null : selection.rejected().get(0).reason();
  }

  @Test
  void withoutPreferencesTheOrderOfTheServerStays() {
    assertThat(chosen("", "https://h/a BUNDLESPEC=gzip-v1", "https://h/b", "https://h/c x=1"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void matchingEntriesComeFirstInTheirOrder() {
    assertThat(
            chosen(
                "COMPRESSION=zstd, VERSION=v1",
                "https://h/a BUNDLESPEC=gzip-v2",
                "https://h/b BUNDLESPEC=gzip-v1",
                "https://h/c BUNDLESPEC=zstd-v2",
                "https://h/d",
                "https://h/e BUNDLESPEC=bzip2-v1",
                "https://h/f BUNDLESPEC=zstd-v2"))
        .containsExactly("c", "f", "b", "e", "a", "d");
  }

  @Test
  void version3IsChosenLikeTheOthers() {
    assertThat(
            chosen(
                "VERSION=v3",
                "https://h/a BUNDLESPEC=gzip-v2",
                "https://h/b BUNDLESPEC=gzip-v3",
                "https://h/c BUNDLESPEC=zstd-v3;obsolescence%3Dyes"))
        .containsExactly("b", "c", "a");
  }

  @Test
  void hostsWithUnderscoresAreChosenAndWhatIsRefusedIsNamed() {
    assertThat(reason(capabilities(null), "https://my_bucket:81/a")).isNull();
    for (String url : List.of("https://user:p@ss@h/a", "https://-h/a", "https://h:x/a")) {
      BundleSelection selection = select(capabilities(null), "", url);
      assertThat(selection.rejected().get(0).reason()).isEqualTo(Reason.BAD_URL);
      assertThat(selection.rejected().get(0).message())
          .containsAnyOf("a user name or a password", "\"-h\" is neither", "the port \"x\"");
    }
  }

  @Test
  void firstPreferenceHasPriority() {
    assertThat(
            chosen(
                "dc=b VERSION=v2",
                "https://h/a BUNDLESPEC=gzip-v2 dc=a",
                "https://h/b BUNDLESPEC=gzip-v1 dc=b",
                "https://h/c BUNDLESPEC=gzip-v2 dc=b"))
        .containsExactly("c", "b", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "BUNDLESPEC=foo-v2, BUNDLESPEC",
    "BUNDLESPEC=gzip, BUNDLESPEC",
    "BUNDLESPEC=zstd-v1, BUNDLESPEC",
    "BUNDLESPEC=gzip-v2;MUST=1, BUNDLESPEC",
    "BUNDLESPEC=none-packed1;requirements%3Drevlogv1, STREAM",
    "BUNDLESPEC=none-v2;stream=v2, STREAM",
    "BUNDLESPEC=gzip-v2,",
    "BUNDLESPEC=,",
    "bundlespec=foo,",
    "REQUIREDRAM=660,",
    "REQUIREDRAM=661, MEMORY",
    "REQUIREDRAM=0.5k,",
    "REQUIREDRAM=.65kb, MEMORY",
    "REQUIREDRAM=64MB, MEMORY",
    "REQUIREDRAM=64%20MB, MEMORY",
    "REQUIREDRAM=660b,",
    "REQUIREDRAM=-5,",
    "REQUIREDRAM=1e1, MEMORY",
    "REQUIREDRAM=0.5, MEMORY",
    "REQUIREDRAM=1T, MEMORY",
    "REQUIREDRAM=, MEMORY",
    "REQUIREDRAM=inf, MEMORY",
    "REQUIRESNI=false,",
    "DIGEST=sha1:00, DIGEST",
    "DIGEST=md5:00, DIGEST",
    "DIGEST=, DIGEST"
  })
  void entriesWithUnmetRequirementsAreRejected(String attributes, @Nullable Reason expected) {
    assertThat(reason(capabilities(null), "https://h/a " + attributes)).isEqualTo(expected);
  }

  @Test
  void requiresniRejectsClientsWithoutSniWhateverItsValue() {
    ClientCapabilities without =
        ClientCapabilities.ofPlatform().withMemory(1000).withServerNames(false);

    assertThat(reason(without, "https://h/a REQUIRESNI=false")).isEqualTo(Reason.SERVER_NAMES);
    assertThat(reason(without, "https://h/a")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "peer-bundle-cache://a, SCHEME",
    "file:///etc/passwd, SCHEME",
    "ssh://h/a, SCHEME",
    "ftp://h/a, SCHEME",
    "#comment, SCHEME",
    "a/b, SCHEME",
    "HTTPS://h/a,",
    "http://h/a,",
    "https:///a, BAD_URL",
    "https://user:secret@h/a, BAD_URL",
    "https://user@h/a, BAD_URL",
    "https://h/a|b, BAD_URL",
    "https:a, BAD_URL"
  })
  void onlyHttpAndHttpsAreFetched(String url, @Nullable Reason expected) {
    assertThat(reason(capabilities(null), url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://o/, https://h/a, false,",
    "https://o/, https://h/a, true,",
    "https://o/, http://h/a, false, DOWNGRADE",
    "https://o/, http://h/a, true, DOWNGRADE",
    "http://o/, https://h/a, false, DIGEST",
    "http://o/, https://h/a, true,",
    "http://o/, http://h/a, false, DIGEST",
    "http://o/, HTTP://h/a, true,"
  })
  void overHttpADigestIsRequiredAndHttpsNeverLeadsToHttp(
      String origin, String url, boolean digest, @Nullable Reason expected) {
    assertThat(reason(capabilities(origin), url + (digest ? " DIGEST=" + SHA256 : "")))
        .isEqualTo(expected);
  }

  @Test
  void sha1AloneFailsUnlessItIsAllowed() {
    String line = "https://h/a DIGEST=" + SHA1;

    assertThat(reason(capabilities("https://o/"), line)).isEqualTo(Reason.DIGEST);
    ClientCapabilities sha1 =
        ClientCapabilities.ofPlatform().withOrigin(URI.create("https://o/")).withAllowSha1(true);
    assertThat(reason(sha1.withMemory(1), line)).isNull();
    assertThat(reason(capabilities("https://o/"), line + "," + SHA256)).isNull();
  }

  @Test
  void everyEntryIsChosenOrRejectedWithAReason() {
    BundleSelection selection =
        select(
            capabilities("https://o/"),
            "",
            "https://h/a BUNDLESPEC=lz4-v2",
            "https://h/b BUNDLESPEC=gzip-v2",
            "file:///c");

    assertThat(selection.chosen()).extracting(CloneBundleEntry::line).containsExactly(2);
    assertThat(selection.rejected())
        .extracting(rejected -> rejected.entry().line(), RejectedEntry::message)
        .containsExactly(
            tuple(1, "the compression \"lz4\" is unknown"),
            tuple(3, "only http and https are fetched"));
  }

  @Test
  void preferencesAreParsedInTheFormOfTheConfiguration() {
    assertThat(BundlePreference.parseList(" A=b,C=d=e\tF=, \"g h=i,j\" "))
        .containsExactly(
            new BundlePreference("A", "b"),
            new BundlePreference("C", "d=e"),
            new BundlePreference("F", ""),
            new BundlePreference("g h", "i,j"));
    assertThat(BundlePreference.parseList("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERSION", "A=b, C", "VERSION = v1", "\"A=b"})
  void aPreferenceWithoutAnEqualsSignIsRefused(String text) {
    assertThatThrownBy(() -> BundlePreference.parseList(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void compressionThatTheClientDoesNotReadIsRejected() {
    ClientCapabilities without = ClientCapabilities.ofPlatform().without(BundleCompression.BZIP2);
    assertThat(reason(without, "https://h/a BUNDLESPEC=bzip2-v2")).isEqualTo(Reason.COMPRESSION);
    assertThat(reason(without, "https://h/a BUNDLESPEC=gzip-v2")).isNull();
    assertThat(reason(without, "https://h/a")).isNull();
  }
}
