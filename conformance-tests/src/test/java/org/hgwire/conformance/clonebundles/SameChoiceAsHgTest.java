// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.BundlePreference;
import org.hgwire.redirects.clonebundles.BundleSelection;
import org.hgwire.redirects.clonebundles.ClientCapabilities;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundle that a real hg requests first is the one that this library chooses, for manifests and
 * preferences of all kinds. This leaves out where the two differ on purpose: stream bundles,
 * changegroups that are not read here, parameters in capitals, lines that make hg fail, an
 * attribute URL, bytes that are not text.
 */
final class SameChoiceAsHgTest {
  private static final int GENERATED = 36;

  /** Far more memory than any machine has: only sizes beyond it are too large for both. */
  private static final long MEMORY = 1L << 40;

  private static Hg hg;
  private static ManifestOrigin origin;

  @TempDir Path temporary;

  @BeforeAll
  static void start() throws IOException {
    hg = RealHg.require();
    origin = ManifestOrigin.start();
  }

  @AfterAll
  static void stop() {
    if (origin != null) {
      origin.close();
    }
  }

  static Stream<Arguments> manifests() {
    List<Arguments> all = new ArrayList<>();
    String[][] chosen = {
      {"", "@a\n@b\n"},
      {"", "\n \n\r\n  @a  x=1\t\ty=2 \n@b"},
      {"", "@a BUNDLESPEC=gzip-v9\r@b\n"},
      {"", "@a\u000bBUNDLESPEC=gzip-v9\f\n@b\n"},
      {"", "@a BUNDLESPEC=gzip-v2 BUNDLESPEC=foo\n@b\n"},
      {"", "@a BUNDLESPEC=foo BUNDLESPEC=gzip-v2\n@b\n"},
      {"", "@a BUNDLESPEC=gzip%2Dv2\n@b\n"},
      {"", "@a BUNDLESPEC=gzip%2-v2\n@b\n"},
      {"", "@a BUNDLESPEC=\n@b\n"},
      {"", "@a BUNDLESPEC=zstd-v1\n@b\n"},
      {"", "@a BUNDLESPEC=gzip-v2;foo\n@b\n"},
      {"", "@a BUNDLESPEC=gzip-v2;a=b=c;=d\n@b\n"},
      {"", "@a REQUIREDRAM=1e3\n@b REQUIREDRAM=64%20MB\n"},
      {"", "@a REQUIREDRAM=9999999GB\n@b REQUIREDRAM=.5m\n"},
      {"", "@a REQUIREDRAM=\n@b REQUIREDRAM=-5\n"},
      {"", "@a REQUIREDRAM=1.\n@b REQUIRESNI=false\n"},
      {"", ""},
      {"", "@a BUNDLESPEC=lz4-v2\n"},
      {"COMPRESSION=gzip", "@a BUNDLESPEC=none-v2\n@b BUNDLESPEC=gzip-v1 BUNDLESPEC=\n"},
      {"COMPRESSION=bzip2", "@a BUNDLESPEC=none-v2\n@b COMPRESSION=bzip2 BUNDLESPEC=gzip-v1\n"},
      {"COMPRESSION=bzip2", "@a BUNDLESPEC=none-v2\n@b BUNDLESPEC=gzip-v1 COMPRESSION=bzip2\n"},
      {"VERSION=v2", "@a BUNDLESPEC=gzip-bundle2\n@b BUNDLESPEC=none-v2\n"},
      {"VERSION=bundle2", "@a BUNDLESPEC=none-v2\n@b BUNDLESPEC=gzip-bundle2\n"},
      {"\"a b=c+d+e\"", "@a BUNDLESPEC=none-v2\n@b a%20b=c%2Bd+e\n"},
    };
    for (String[] one : chosen) {
      all.add(Arguments.of(one[0], one[1]));
    }
    Random random = new Random(20_240_101);
    for (int i = 0; i < GENERATED; i++) {
      all.add(Arguments.of(preferences(random), manifest(random)));
    }
    return all.stream();
  }

  private static String preferences(Random random) {
    String[] all = {
      "COMPRESSION=zstd",
      "COMPRESSION=gzip",
      "COMPRESSION=bzip2",
      "COMPRESSION=none",
      "VERSION=v1",
      "VERSION=v2",
      "BUNDLESPEC=gzip-v2",
      "BUNDLESPEC=none-v1",
      "dc=east",
      "dc=west",
      "cdn=true"
    };
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(all[random.nextInt(all.length)]);
    }
    return String.join(", ", some);
  }

  private static String manifest(Random random) {
    String[] attributes = {
      "BUNDLESPEC=gzip-v2",
      "BUNDLESPEC=gzip-v1",
      "BUNDLESPEC=zstd-v2",
      "BUNDLESPEC=bzip2-v1",
      "BUNDLESPEC=none-v2",
      "BUNDLESPEC=none-v1",
      "BUNDLESPEC=bzip2-v2",
      "BUNDLESPEC=gzip",
      "BUNDLESPEC=zstd-v1",
      "BUNDLESPEC=gzip-v2;x=y",
      "BUNDLESPEC=gzip-v2;cg.version%3D03",
      "BUNDLESPEC=brotli-v2",
      "COMPRESSION=zstd",
      "COMPRESSION=gzip",
      "VERSION=v1",
      "VERSION=v2",
      "REQUIRESNI=true",
      "REQUIREDRAM=64MB",
      "REQUIREDRAM=many",
      "REQUIREDRAM=99999999g",
      "dc=east",
      "dc=west",
      "dc=%65ast",
      "cdn=true",
      "x=100%25"
    };
    StringBuilder text = new StringBuilder();
    int lines = 2 + random.nextInt(7);
    for (int line = 0; line < lines; line++) {
      text.append('@').append((char) ('a' + line));
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(random.nextBoolean() ? " " : "\t ");
        text.append(attributes[random.nextInt(attributes.length)]);
      }
      text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void choosesTheBundleThatHgDownloads(String preferences, String manifest) {
    ByteString text = ByteString.utf8(manifest.replace("@", origin.url().toString()));
    BundleSelection selection =
        BundleSelection.of(
            CloneBundleManifest.parse(text).entries(),
            ClientCapabilities.ofPlatform().withMemory(MEMORY),
            BundlePreference.parseList(preferences));
    List<String> first =
        selection.chosen().stream()
            .limit(1)
            .map(entry -> URI.create(entry.url()).getPath())
            .toList();
    origin.offer(text);

    hg.tryRun(
        temporary,
        "",
        List.of(
            "--config",
            "ui.clonebundleprefers=" + preferences,
            "clone",
            "-U",
            origin.url().toString(),
            "c"));

    assertThat(origin.requested()).isEqualTo(first);
  }
}
