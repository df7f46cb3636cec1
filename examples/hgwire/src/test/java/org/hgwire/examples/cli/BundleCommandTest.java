// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BundleCommandTest {
  @TempDir Path directory;
  private List<Node> nodes = List.of();

  @BeforeEach
  void makeRepository() throws IOException {
    nodes = DiskRepository.create(directory.resolve("repo"), 3);
  }

  private CommandLineRun bundle(String file, String... options) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("bundle", "-R", directory.resolve("repo").toString(), file),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zstd-v2, HG20",
    "gzip-v2, HG20",
    "none-v2, HG20",
    "zstd-v3, HG20",
    "gzip-v1, HG10GZ",
    "none-v1, HG10UN",
  })
  void writesEachType(String type, String magic) throws IOException {
    CommandLineRun run = bundle(file("b.hg"), "--type", type);
    assertThat(run.err()).isEmpty();
    long size = Files.size(directory.resolve("b.hg"));
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "3 changesets, " + size + " bytes, " + type + ": " + file("b.hg"));
    assertThat(Files.readString(directory.resolve("b.hg"), StandardCharsets.ISO_8859_1))
        .startsWith(magic);
    assertThat(files()).containsExactly("b.hg", "repo");
  }

  @Test
  void writesZstdToStandardOutputByDefault() {
    CommandLineRun run = bundle("-");
    assertThat(run.exitCode()).isZero();
    assertThat(new String(run.bytes().toByteArray(), StandardCharsets.ISO_8859_1))
        .startsWith("HG20")
        .contains("Compression=ZS");
    assertThat(run.err())
        .isEqualToIgnoringNewLines("3 changesets, " + run.bytes().length() + " bytes, zstd-v2: -");
  }

  @Test
  void takesWhatIsBetweenBaseAndRevision() {
    CommandLineRun run =
        bundle(file("b.hg"), "--base", nodes.get(0).toString(), "--rev", nodes.get(1).toString());
    assertThat(run.out()).startsWith("1 changeset, ");
    assertThat(bundle(file("b.hg"), "--base", "null").out()).startsWith("3 changesets, ");
  }

  @Test
  void aFailureLeavesTheFileAsItWas() throws IOException {
    Files.writeString(directory.resolve("b.hg"), "before");
    for (String[] options :
        new String[][] {
          {"--rev", "ffffffffffff"},
          {"--base", "nosuchname"},
          {"--base", nodes.get(2).toString()},
        }) {
      CommandLineRun run = bundle(file("b.hg"), options);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).startsWith("hgwire: ").hasLineCount(1);
    }
    assertThat(directory.resolve("b.hg")).hasContent("before");
    assertThat(files()).containsExactly("b.hg", "repo");
  }

  @Test
  void damageInTheMiddleLeavesNothing() throws IOException {
    Path index = directory.resolve("repo/.hg/store/00changelog.i");
    String bytes = Files.readString(index, StandardCharsets.ISO_8859_1);
    int chunk = bytes.lastIndexOf("u" + Node.NULL);
    String damaged = bytes.substring(0, chunk) + "?" + bytes.substring(chunk + 1);
    Files.writeString(index, damaged, StandardCharsets.ISO_8859_1);
    CommandLineRun run = bundle(file("b.hg"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("00changelog.i").hasLineCount(1);
    assertThat(files()).containsExactly("repo");
  }

  @ParameterizedTest
  @CsvSource({"bzip2-v2", "zstd-v1", "zstd", "none-packed1", "zstd-v9"})
  void refusesTypesThatAreNotWritten(String type) throws IOException {
    CommandLineRun run = bundle(file("b.hg"), "--type", type);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: ").hasLineCount(1);
    assertThat(files()).containsExactly("repo");
  }

  @Test
  void aTargetThatCannotBeWrittenIsNamed() {
    CommandLineRun run = bundle(file("no/b.hg"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no").hasLineCount(1);
  }
}
