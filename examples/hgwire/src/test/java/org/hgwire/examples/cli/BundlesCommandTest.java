// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BundlesCommandTest {
  @TempDir Path directory;

  @BeforeEach
  void makeRepository() throws IOException {
    DiskRepository.create(directory.resolve("repo"), 20);
  }

  private CommandLineRun bundles(String url, String... options) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of(
                    "bundles",
                    "-R",
                    directory.resolve("repo").toString(),
                    "--url",
                    url,
                    "--manifest",
                    directory.resolve("manifest").toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private String store() {
    return directory.resolve("store").toString();
  }

  @Test
  void publishesABundleThatItsOwnClientApplies() throws IOException {
    RedirectTarget target = RedirectTarget.of("c", URI.create("http://127.0.0.1:1/"));
    try (FileContentStore files =
            FileContentStore.builder(target, directory.resolve("store")).open();
        HgWireServer content = HgWireServer.builder(ContentEndpoint.of(files)).start()) {
      String url = "http://127.0.0.1:" + content.port() + "/";
      CommandLineRun first = bundles(url, "--store", store());
      assertThat(first.err()).isEmpty();
      assertThat(first.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("published: " + url),
              line ->
                  assertThat(line)
                      .isEqualTo("the first bundles; the bundles cover 20 of 20 changesets"));
      DiskRepository.create(directory.resolve("repo"), 21);
      assertThat(bundles(url, "--store", store()).out())
          .isEqualToIgnoringNewLines(
              "the bundles are current; the bundles cover 20 of 21 changesets");
      try (ServeProcess server =
          ServeProcess.serving(
              "-R",
              directory.resolve("repo").toString(),
              "--clonebundles",
              directory.resolve("manifest").toString())) {
        CommandLineRun pull =
            CommandLineRun.of("pull", server.url(), "--verbose", "--redirect-allow", "127.0.0.1");
        assertThat(pull.err()).contains(": applied: 20 changesets");
        assertThat(pull.out()).startsWith("changesets: 21\n");
      }
      DiskRepository.create(directory.resolve("repo"), 22);
      assertThat(bundles(url, "--store", store()).out())
          .contains("new bundles: the last ones were too old; the bundles cover 22 of 22");
      assertThat(bundles(url, "--store", store(), "--grace", "0").out())
          .contains("deleted: 1 older bundle\n");
    }
  }

  @Test
  void nothingIsListedThatCannotBeDownloaded() {
    CommandLineRun run = bundles("http://127.0.0.1:1/", "--store", store());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hgwire: the bundle cannot be downloaded from http://127.0.0.1:1/")
        .hasLineCount(1);
    assertThat(directory.resolve("manifest")).doesNotExist();
  }

  @Test
  void withoutTheCheckTheUrlNeedNotBeReachable() throws IOException {
    CommandLineRun run =
        bundles(
            "https://cdn.example.org/b",
            "--store",
            store(),
            "--no-check",
            "--type",
            "zstd-v2",
            "--type",
            "gzip-v1");
    assertThat(run.err()).isEmpty();
    List<String> lines = Files.readAllLines(directory.resolve("manifest"));
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("https://cdn.example.org/b/"));
    assertThat(CommandLineRun.of("manifest", "lint", directory.resolve("manifest").toString()))
        .extracting(CommandLineRun::out)
        .isEqualTo("");
  }

  @Test
  void anObjectStoreNeedsItsArtifact() {
    assumeThat(ObjectStoreProvider.installed()).as("built without -Pobject-stores").isEmpty();
    CommandLineRun run = bundles("https://cdn.example.org/", "--store", "s3:bucket/prefix");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("org.hgwire:wireproto-redirects-s3").hasLineCount(1);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThat(bundles("https://cdn.example.org/").exitCode()).isEqualTo(2);
    assertThat(bundles("ftp://cdn.example.org/", "--store", store()).exitCode()).isEqualTo(2);
    assertThat(
            bundles("https://cdn.example.org/", "--store", store(), "--type", "bzip2-v2")
                .exitCode())
        .isEqualTo(2);
    assertThat(bundles("https://cdn.example.org/", "--store", store(), "--grace", "-1").exitCode())
        .isEqualTo(2);
  }
}
