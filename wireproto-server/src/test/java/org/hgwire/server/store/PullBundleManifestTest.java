// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.PullBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PullBundleManifestTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  @TempDir Path temporary;
  private Path hg;
  private Path manifest;

  @BeforeEach
  void makeFiles() throws IOException {
    hg = Files.createDirectories(temporary.resolve(".hg/bundles")).getParent();
    manifest = hg.resolve("pullbundles.manifest");
    Files.writeString(hg.resolve("a.hg"), "a");
    Files.writeString(hg.resolve("bundles/b.hg"), "bb");
    Files.writeString(temporary.resolve("outside.hg"), "outside");
    Files.createSymbolicLink(hg.resolve("link.hg"), Path.of("a.hg"));
    Files.createSymbolicLink(hg.resolve("up"), Path.of(".."));
  }

  private List<PullBundle> read(String text) throws IOException {
    Files.writeString(manifest, text);
    return PullBundleManifest.read(manifest);
  }

  private PullBundle only(String name) throws IOException {
    List<PullBundle> bundles = read(name + " heads=" + ONE + "\n");
    assertThat(bundles).hasSize(1);
    return bundles.get(0);
  }

  @Test
  void linesAreThoseOfMercurial() throws IOException {
    List<PullBundle> bundles =
        read(
            "a.hg BUNDLESPEC=none-v2 heads="
                + ONE
                + ";"
                + TWO
                + "\nbundles/b.hg heads="
                + TWO
                + " bases="
                + ONE
                + ";"
                + Node.NULL
                + "\n");

    assertThat(bundles).hasSize(2);
    assertThat(bundles.get(0).heads()).containsExactly(Node.fromHex(ONE), Node.fromHex(TWO));
    assertThat(bundles.get(0).bases()).isEmpty();
    assertThat(bundles.get(0).size()).isEqualTo(1);
    assertThat(bundles.get(1).bases()).containsExactly(Node.fromHex(ONE));
    assertThat(bundles.get(1)).hasToString(hg.resolve("bundles/b.hg").toString());
    try (InputStream input = bundles.get(1).open()) {
      assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("bb");
    }
    assertThat(PullBundleManifest.read(hg.resolve("none"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.hg",
        "bundles/../a.hg",
        "./a.hg",
        "link.hg",
        "up/outside.hg",
        "up/.hg/a.hg",
        "missing.hg",
        "bundles",
        "http://localhost/a.hg"
      })
  void whatIsNotAFileBelowItsDirectoryIsNotOpened(String name) throws IOException {
    PullBundle bundle = only(name);
    assertThatThrownBy(bundle::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name.replace("//", "/"));
  }

  @Test
  void absolutePathIsNotOpened() throws IOException {
    assertThatThrownBy(only(hg.resolve("a.hg").toString())::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a path below .hg");
  }

  @Test
  void fileThatIsReplacedHasAnotherIdentity() throws IOException {
    PullBundle before = only("a.hg");
    assertThat(only("a.hg").identity()).isEqualTo(before.identity());
    Files.writeString(hg.resolve("new"), "b");
    Files.move(hg.resolve("new"), hg.resolve("a.hg"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(only("a.hg").identity()).isNotEqualTo(before.identity());
    assertThatThrownBy(before::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was replaced");
    assertThat(read("a.hg heads=" + TWO).get(0).identity()).isNotEqualTo(only("a.hg").identity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"heads=", "heads=zz", "heads=1111", "bases=%3b"})
  void nodesThatAreMalformedAreNamed(String attribute) {
    assertThatThrownBy(() -> read("x.hg heads=" + ONE + "\na.hg " + attribute))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void manifestThatIsNoFileIsNotOpened() throws IOException {
    Files.createDirectory(manifest);
    assertThatThrownBy(() -> PullBundleManifest.read(manifest))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no regular file");
    Files.delete(manifest);
    Files.createSymbolicLink(manifest, Path.of("a.hg"));
    assertThatThrownBy(() -> PullBundleManifest.read(manifest)).isInstanceOf(IOException.class);
  }
}
