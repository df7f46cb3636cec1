// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.hgwire.core.bundle.BundleCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundlespecTest {
  @ParameterizedTest
  @CsvSource({
    "none-v1, NONE, v1",
    "gzip-v1, ZLIB, v1",
    "bzip2-v1, BZIP2, v1",
    "none-v2, NONE, v2",
    "gzip-v2, ZLIB, v2",
    "bzip2-v2, BZIP2, v2",
    "zstd-v2, ZSTD, v2",
    "gzip-bundle2, ZLIB, bundle2",
    "none-v3, NONE, v3",
    "gzip-v3, ZLIB, v3",
    "bzip2-v3, BZIP2, v3",
    "zstd-v3, ZSTD, v3",
    "none-packed1, NONE, packed1",
    "none-streamv2, NONE, streamv2"
  })
  void parsesAndPrintsBundlespecs(String text, BundleCompression compression, String version)
      throws BundlespecException {
    Bundlespec spec = Bundlespec.parse(text);

    assertThat(spec).isEqualTo(new Bundlespec(compression, version, Map.of()));
    assertThat(spec).hasToString(text);
    assertThat(spec.compressionName()).isEqualTo(text.substring(0, text.indexOf('-')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gzip",
        "v2",
        "-v2",
        "gzip-",
        "GZIP-v2",
        "un-v2",
        "lz4-v2",
        "gzip-v4",
        "gzip-v30",
        "gzip-v2-x",
        "zstd-v1",
        "gzip-v2;",
        "gzip-v2;foo",
        " gzip-v2",
        "gzip-v2 ",
        "gzip-streamv",
        "gzip-v2;a=%C3"
      })
  void refusesOtherOffers(String text) {
    assertThatThrownBy(() -> Bundlespec.parse(text)).isInstanceOf(BundlespecException.class);
  }

  @Test
  void parametersAreDecodedAndEncoded() throws BundlespecException {
    Bundlespec spec = Bundlespec.parse("none-v2;stream=v2;requirements=a%2Cb%3Bc;=x;e=1=2");

    assertThat(spec.parameters())
        .containsExactly(
            entry("stream", "v2"),
            entry("requirements", "a,b;c"),
            entry("", "x"),
            entry("e", "1=2"));
    assertThat(Bundlespec.parse(spec.toString())).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none-packed1;requirements=revlogv1", "none-v2;stream=v2;requirements=revlogv1",
        "none-streamv2", "zstd-streamv3-exp"
      })
  void streamBundlesAreNotSupported(String text) throws BundlespecException {
    assertThat(Bundlespec.parse(text).isStream()).isTrue();
    assertThat(Bundlespec.parse(text).obstacle()).contains("store");
  }

  @Test
  void aParameterInCapitalsMustBeUnderstood() throws BundlespecException {
    assertThat(Bundlespec.parse("gzip-v2;FUTURE=1").obstacle()).contains("FUTURE");
    assertThat(Bundlespec.parse("gzip-v2;future=1").obstacle()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-v3", "zstd-v3;obsolescence=yes", "gzip-v3;obsolescence=no;a=b"})
  void version3OfNewerMercurialIsReadWhateverItsParameters(String text) throws BundlespecException {
    assertThat(Bundlespec.parse(text).obstacle()).isNull();
    assertThat(Bundlespec.parse(text + ";MUST=1").obstacle()).contains("MUST");
    assertThat(Bundlespec.parse(text + ";cg.version=04").obstacle()).contains("04");
  }

  @Test
  void changegroupsUpTo03AreSupported() throws BundlespecException {
    assertThat(Bundlespec.parse("zstd-v2;cg.version=03").obstacle()).isNull();
    assertThat(Bundlespec.parse("zstd-v2;cg.version=04").obstacle()).contains("04");
  }

  @Test
  void refusesImpossibleBundlespecs() {
    assertThatThrownBy(() -> new Bundlespec(BundleCompression.ZSTD, "v1", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bundlespec(BundleCompression.NONE, "v9", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
