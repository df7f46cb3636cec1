// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls into a bundle. */
final class PullOutTest {
  @TempDir Path directory;
  private HgWireServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandLineRun pull(String... options) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of(
                    "pull",
                    "http://127.0.0.1:" + server.port() + "/",
                    "--temp",
                    directory.toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private String file() {
    return directory.resolve("b.hg").toString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bundleHasWhatWasPulled() throws IOException {
    CommandLineRun run = pull("--out", file(), "--type", "gzip-v1");
    assertThat(run.err()).isEmpty();
    String changesets = run.out().lines().findFirst().orElseThrow().split(" ", -1)[1];
    long size = Files.size(directory.resolve("b.hg"));
    assertThat(run.out())
        .startsWith("changesets: ")
        .endsWith(
            "bundle: " + changesets + " changesets, " + size + " bytes, gzip-v1: " + file() + "\n");
    assertThat(Files.readString(directory.resolve("b.hg"), StandardCharsets.ISO_8859_1))
        .startsWith("HG10GZ");
    assertThat(files()).containsExactly("b.hg");
    CommandLineRun rest = pull("--out", file(), "--base", "0");
    int left = Integer.parseInt(changesets) - 1;
    assertThat(rest.out()).contains("bundle: " + left + " changesets, ", ", zstd-v2: ");
    CommandLineRun first = pull("--out", file(), "-r", "0");
    assertThat(first.out()).contains("changesets: 1\n", "bundle: 1 changeset, ");
  }

  @Test
  void nothingIsWrittenIfThereIsNothing() throws IOException {
    CommandLineRun run = pull("--out", file(), "-r", "0", "--base", "0");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is nothing to bundle").hasLineCount(1);
    assertThat(files()).isEmpty();
  }

  @Test
  void optionsThatDoNotFitAreRefusedBeforeThePull() throws IOException {
    assertThat(pull("--base", "0").err()).contains("give --out FILE too");
    assertThat(pull("--out", file(), "--into", file()).err()).contains("exclude each other");
    assertThat(pull("--out", file(), "--type", "bzip2-v2").err()).contains("are not written");
    assertThat(files()).isEmpty();
  }
}
