// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.clonebundles.ManifestFile;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestCommandTest {
  private static final String DIGEST = "DIGEST=sha256:" + "ab".repeat(32);

  @TempDir Path directory;

  @Test
  void lintPrintsNothingForASoundManifest() throws IOException {
    Path file = manifest("https://example.org/full.hg BUNDLESPEC=zstd-v2 " + DIGEST);
    CommandLineRun run = CommandLineRun.of("manifest", "lint", file.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void lintFailsWhereAnEntryIsLost() throws IOException {
    Path file =
        manifest(
            "https://example.org/full.hg BUNDLESPEC=zstd-v2 " + DIGEST,
            "https://example.org/other.hg BUNDLESPEC");
    CommandLineRun run = CommandLineRun.of("manifest", "lint", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("line 2: error: ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void lintReadsStandardInput() {
    byte[] text = "http://example.org/a b\u0001=c\n".getBytes(StandardCharsets.UTF_8);
    CommandLineRun run = CommandLineRun.withInput(text, "manifest", "lint", "-");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("line 1: error: ");
  }

  @Test
  void selectPrintsBundlesInOrderAndWhySkipped() throws IOException {
    Path file =
        manifest(
            "https://example.org/stream.hg BUNDLESPEC=none-packed1%3Brequirements%3Drevlogv1",
            "https://example.org/gzip.hg BUNDLESPEC=gzip-v2",
            "ftp://example.org/zstd.hg BUNDLESPEC=zstd-v2",
            "https://example.org/zstd.hg BUNDLESPEC=zstd-v2");
    CommandLineRun run =
        CommandLineRun.of("manifest", "select", file.toString(), "--prefer", "COMPRESSION=zstd");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .satisfiesExactly(
            first ->
                assertThat(first).isEqualTo("take: line 4: https://example.org/zstd.hg (zstd-v2)"),
            second ->
                assertThat(second).isEqualTo("take: line 2: https://example.org/gzip.hg (gzip-v2)"),
            third -> assertThat(third).startsWith("skip: line 1: https://example.org/stream.hg"),
            fourth -> assertThat(fourth).startsWith("skip: line 3: ftp://example.org/zstd.hg"));
  }

  @Test
  void selectPrintsNothingThatATerminalActsOn() throws IOException {
    String hidden = new StringBuilder("\u202e").appendCodePoint(0xe0041).toString();
    Path file = manifest("https://example.org/a.hg BUNDLESPEC=zstd-v2;x=" + hidden);
    CommandLineRun run = CommandLineRun.of("manifest", "select", file.toString());
    assertThat(run.out().lines())
        .containsExactly("take: line 1: https://example.org/a.hg (zstd-v2;x=)");
  }

  @Test
  void selectFailsWhereNoBundleIsUsable() throws IOException {
    Path file = manifest("ftp://example.org/zstd.hg BUNDLESPEC=zstd-v2");
    CommandLineRun run = CommandLineRun.of("manifest", "select", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("skip: line 1: ");
  }

  @Test
  void selectRefusesAPreferenceWithoutAnEqualsSign() throws IOException {
    Path file = manifest("https://example.org/a.hg");
    CommandLineRun run =
        CommandLineRun.of("manifest", "select", file.toString(), "--prefer", "nonsense");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: ").contains("nonsense").hasLineCount(1);
  }

  @Test
  void selectFetchesTheManifestOfARepository() throws IOException {
    Path file =
        manifest(
            "https://example.org/without.hg BUNDLESPEC=zstd-v2",
            "https://example.org/with.hg BUNDLESPEC=zstd-v2 " + DIGEST);
    try (HgWireServer server = serve(ManifestFile.of(file))) {
      String url = "http://127.0.0.1:" + server.port() + "/";
      CommandLineRun run = CommandLineRun.of("manifest", "select", url);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().lines())
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .isEqualTo("take: line 2: https://example.org/with.hg (zstd-v2)"),
              second ->
                  assertThat(second)
                      .startsWith("skip: line 1: https://example.org/without.hg")
                      .contains("DIGEST"));
    }
  }

  @Test
  void selectFailsWhereARepositoryHasNoBundles() throws IOException {
    try (HgWireServer server = serve(CloneBundleSource.NONE)) {
      CommandLineRun run =
          CommandLineRun.of("manifest", "select", "http://127.0.0.1:" + server.port() + "/");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).isEqualTo("hgwire: the server offers no clone bundles\n");
    }
  }

  @Test
  void pullReportsBundlesUnlessTheyAreOff() throws IOException {
    Path file = manifest("http://127.0.0.1:1/gone.hg BUNDLESPEC=zstd-v2 " + DIGEST);
    try (HgWireServer server = serve(ManifestFile.of(file))) {
      String url = "http://127.0.0.1:" + server.port() + "/";
      CommandLineRun tried =
          CommandLineRun.of("pull", url, "--verbose", "--redirect-allow", "127.0.0.1");
      assertThat(tried.exitCode()).isZero();
      assertThat(tried.err())
          .startsWith("clone bundle: http://127.0.0.1:1/gone.hg: not used: ")
          .hasLineCount(1);

      CommandLineRun none = CommandLineRun.of("pull", url, "--verbose", "--no-clonebundles");
      assertThat(none.exitCode()).isZero();
      assertThat(none.err()).isEmpty();
      assertThat(none.out().lines().limit(3))
          .containsExactlyElementsOf(tried.out().lines().limit(3).toList());
    }
  }

  @Test
  void aServerSaysThatItsManifestIsNotThere() {
    CommandLineRun run = CommandLineRun.of("serve", "--demo", "--clonebundles", "/no/such");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("hgwire: no such file: /no/such\n");
  }

  private static HgWireServer serve(CloneBundleSource bundles) throws IOException {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create()))
            .cloneBundles(bundles)
            .build();
    return HgWireServer.builder(options).grace(Duration.ofMillis(100)).start();
  }

  @Test
  void aManifestCommandAloneIsNotEnough() {
    CommandLineRun run = CommandLineRun.of("manifest");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: lint or select is missing").hasLineCount(1);
  }

  @Test
  void namesAMissingFile() {
    for (String command : new String[] {"lint", "select"}) {
      CommandLineRun run = CommandLineRun.of("manifest", command, "/no/such/file");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).isEqualTo("hgwire: no such file: /no/such/file\n");
    }
  }

  private Path manifest(String... lines) throws IOException {
    return Files.writeString(directory.resolve("manifest"), String.join("\n", lines) + "\n");
  }
}
