// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.hgwire.core.WireLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CborCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a1416101 | {h'61':1}",
        "d90102820140 | 258([1,h''])",
        "5f41004101ff | (_ h'00',h'01')",
        "5fff | ''_",
        "01 | 1",
        "0102 | 1 2",
        "f4f5f6 | false true null",
        "3bffffffffffffffff | -18446744073709551616",
        "1bffffffffffffffff | 18446744073709551615",
        "1801 | 1",
        "A0 | {}",
        "0xa1416101 | {h'61':1}",
        "0XA1 41 61	01 | {h'61':1}",
        "0x01 0x02 | 1 2",
        "0x | ''",
      })
  void printsTheValuesOfALine(String hex, String expected) throws Exception {
    assertThat(diagnose(hex)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a201000100, duplicate-key",
    "a20100180100, duplicate-key",
    "d90102820101, duplicate-member",
    "5f01ff, chunk-type",
    "5f5f4100ffff, chunk-type",
    "9bffffffffffffffff, limit",
    "6161, malformed",
    "ff, malformed",
    "zz, malformed",
    "123, malformed",
    "0x1 0x2, malformed",
    "0xzz, malformed",
    "x01, malformed",
    "0x0x01, malformed",
    "4261, truncated",
    "5f, truncated",
    "a1, truncated",
  })
  void namesTheErrorOfALine(String hex, String code) throws Exception {
    assertThat(diagnose(hex)).startsWith("error: " + code + ": ");
  }

  @Test
  void refusesTooManyLevels() throws Exception {
    assertThat(diagnose("81".repeat(32) + "00")).doesNotContain("error");
    assertThat(diagnose("81".repeat(33) + "00")).startsWith("error: depth: ");
  }

  @Test
  void printsOneLinePerLine() {
    CommandLineRun run =
        CommandLineRun.withInput(
            "01\n\nff\n4161\n".getBytes(StandardCharsets.US_ASCII), "cbor", "--lines", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceFirst("(error: [a-z-]+):.*", "$1")))
        .containsExactly("1", "", "error: malformed", "h'61'");
  }

  @Test
  void printsAFileUpToItsFault(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sequence.cbor");
    Files.write(file, HexFormat.of().parseHex("01a1416102ff"));
    CommandLineRun run = CommandLineRun.of("cbor", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).containsExactly("1", "{h'61':2}");
    assertThat(run.err()).startsWith("hgwire: malformed: ").hasLineCount(1);
  }

  @Test
  void namesAMissingFile(@TempDir Path directory) {
    CommandLineRun run = CommandLineRun.of("cbor", directory.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hgwire: no such file: ").hasLineCount(1);
  }

  private static String diagnose(String hex) throws Exception {
    return CborCommand.diagnose(hex, WireLimits.defaults());
  }
}
