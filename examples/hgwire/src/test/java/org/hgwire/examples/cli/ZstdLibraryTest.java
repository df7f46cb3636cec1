// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the native library of zstd cannot be loaded, everything but zstd works. */
@Timeout(120)
final class ZstdLibraryTest {
  private static final String WARNING =
      "hgwire: zstd is not used: the native library of zstd cannot be loaded (";
  private static final String ADVICE =
      "); run java with -Djava.io.tmpdir=DIR, where DIR can be written and is not mounted noexec";

  @TempDir private Path directory;
  private String noDirectory = "";

  @BeforeEach
  void chooseADirectoryThatCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    noDirectory = "-Djava.io.tmpdir=" + file.resolve("none");
  }

  @Test
  void theServerUsesZlibAndWarnsOnce() throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of(noDirectory))) {
      CommandLineRun run = CommandLineRun.of("call", server.url(), "heads", "--frames");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("stream-settings eos cbor:b'zlib'");
      assertThat(server.stop()).isTrue();
      assertThat(warnings(server)).singleElement().asString().startsWith(WARNING).endsWith(ADVICE);
    }
  }

  @Test
  void theClientOffersNoZstdAndWarnsOnce() throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of())) {
      ShellRun run = withoutZstdAlone("hgwire pull " + server.url());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("changesets: ");
      assertThat(run.err()).contains(WARNING, ADVICE).hasLineCount(1);
      ShellRun call = run("hgwire call --frames " + server.url() + " heads");
      assertThat(call.out()).contains("b'contentencodings': [b'zlib', b'identity']");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib,identity"})
  void whoWantsNoZstdIsNotWarned(String encodings) throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of(noDirectory), "--encoding", encodings)) {
      ShellRun run = run("hgwire call " + server.url() + " heads --encoding " + encodings);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(server.stop()).isTrue();
      assertThat(warnings(server)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --demo", "call http://127.0.0.1:1/ heads"})
  void zstdByNameIsRefusedInOneLine(String command) throws Exception {
    ShellRun run = run("hgwire " + command + " --encoding zstd-8mb,zlib");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("hgwire: zstd-8mb cannot be used: the native library of zstd")
        .contains(ADVICE)
        .hasLineCount(1);
  }

  @Test
  void theDemoLeavesZstdOut() throws Exception {
    ShellRun run = withoutZstdAlone("hgwire demo");
    assertThat(run.out()).contains("\nidentity ", "\nzlib ").doesNotContain("zstd");
    assertThat(run.err()).contains(WARNING);
  }

  @Test
  void aBundleOfZstdIsSkipped() throws Exception {
    Path manifest =
        Files.writeString(
            directory.resolve("manifest"),
            """
            https://example.org/zstd.hg BUNDLESPEC=zstd-v2
            https://example.org/gzip.hg BUNDLESPEC=gzip-v2
            """);
    ShellRun run = run("hgwire manifest select " + manifest);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "take: line 2: https://example.org/gzip.hg (gzip-v2)",
            "skip: line 1: https://example.org/zstd.hg (zstd-v2): it is compressed with zstd, which"
                + " this client cannot read");
  }

  private static List<String> warnings(ServeProcess server) {
    return server.errors().lines().filter(line -> line.startsWith("hgwire: ")).toList();
  }

  /** As where the temporary directory is mounted noexec: other files can be put there. */
  private ShellRun withoutZstdAlone(String script) throws IOException, InterruptedException {
    return ShellRun.of(directory, Map.of("JVM", "-DZstdTempFolder=file/none"), script);
  }

  private ShellRun run(String script) throws IOException, InterruptedException {
    return ShellRun.of(directory, Map.of("JVM", noDirectory), script);
  }
}
