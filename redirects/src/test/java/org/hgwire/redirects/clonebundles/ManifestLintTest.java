// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.ManifestFinding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestLintTest {
  private static final String SHA256 = "sha256:" + "ab".repeat(32);
  private static final String SOUND = "https://h/sound BUNDLESPEC=gzip-v2\n";

  private static List<ManifestFinding> lint(String text) {
    return ManifestLint.of(ByteString.utf8(text));
  }

  /** Returns the findings about the first line, followed by a valid one. */
  private static List<ManifestFinding> lintLine(String line) {
    List<ManifestFinding> findings = lint(line + "\n" + SOUND);
    assertThat(findings).allMatch(finding -> finding.line() == 1);
    return findings;
  }

  @Test
  void reportsNothingAboutAValidManifest() {
    assertThat(
            lint(
                """
                https://cdn.example/a BUNDLESPEC=zstd-v2 REQUIRESNI=true REQUIREDRAM=64MB cdn=true
                http://203.0.113.7/b BUNDLESPEC=gzip-v2;cg.version%3D03 DIGEST=SHA256
                https://h/c BUNDLESPEC=bzip2-v1 ec2region=us-west-2
                https://h/d BUNDLESPEC=zstd-v3
                https://h/e BUNDLESPEC=gzip-v3;obsolescence%3Dyes
                """
                    .replace("SHA256", SHA256)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://h/a                                              | no BUNDLESPEC",
        "https://h/a BUNDLESPEC=                                  | no BUNDLESPEC",
        "https://h/a BUNDLESPEC=lz4-v2                            | \"lz4\" is unknown",
        "https://h/a BUNDLESPEC=gzip                              | <compression>-<version>",
        "https://h/a BUNDLESPEC=none-packed1                      | stream bundle",
        "https://h/a BUNDLESPEC=gzip-v2;MUST=1                    | \"MUST\" must be understood",
        "https://h/a BUNDLESPEC=gzip-v2 COMPRESSION=zstd          | COMPRESSION contradicts",
        "https://h/a BUNDLESPEC=gzip-v2 VERSION=v1                | VERSION contradicts",
        "https://h/a BUNDLESPEC=gzip-v2 REQUIRESNI=false          | whatever its value",
        "https://h/a BUNDLESPEC=gzip-v2 REQUIREDRAM=lots          | REQUIREDRAM is not a size",
        "https://h/a BUNDLESPEC=gzip-v2 FUTURE=1                  | \"FUTURE\" is not known",
        "https://h/a BUNDLESPEC=gzip-v2 requiresni=true           | write REQUIRESNI",
        "https://h/a BUNDLESPEC=gzip-v2 =1                        | has no name",
        "https://h/a BUNDLESPEC=gzip-v2 a=1 a=2                   | there twice",
        "https://h/a BUNDLESPEC=gzip-v2 a=100%                    | %25",
        "https://h/a BUNDLESPEC=gzip-v2 URL=https://h/b           | URL is ignored",
        "http://h/a BUNDLESPEC=gzip-v2                            | without a DIGEST",
        "https://h/a BUNDLESPEC=gzip-v2 DIGEST=md5:00             | no hash of sha256",
        "https://h/a BUNDLESPEC=gzip-v2 DIGEST=sha256:00          | 64 hexadecimal digits",
        "https://user:pw@h/a BUNDLESPEC=gzip-v2                   | everybody can read",
        "https://h/a#b BUNDLESPEC=gzip-v2                         | fragment",
        "https:///a BUNDLESPEC=gzip-v2                            | no host",
        "https://h/a^b BUNDLESPEC=gzip-v2                         | percent-encode it",
        "https://-h/a BUNDLESPEC=gzip-v2                          | \"-h\" is neither an address",
        "https://h:x/a BUNDLESPEC=gzip-v2                         | the port \"x\" is not a number",
        "https://my_host/a BUNDLESPEC=gzip-v2                     | my_host has an underscore",
        "https://user:p@w@h/a BUNDLESPEC=gzip-v2                  | everybody can read",
        "peer-bundle-cache://a BUNDLESPEC=gzip-v2                 | inline bundle",
        "file:///a BUNDLESPEC=gzip-v2                             | only http and https",
        "# a=b BUNDLESPEC=gzip-v2                                 | no comments",
        "BUNDLESPEC=gzip-v2 https://h/a=b                         | write the URL first",
        "https://h/sound BUNDLESPEC=gzip-v2                       |"
      })
  void reportsEntriesThatDoNotWorkForAllClients(String line, String message) {
    if (message == null) {
      assertThat(lint(line + "\n" + SOUND))
          .hasSize(1)
          .allMatch(finding -> finding.line() == 2)
          .allMatch(finding -> finding.message().contains("that of line 1"));
      return;
    }
    assertThat(lintLine(line))
        .anyMatch(finding -> finding.message().contains(message))
        .allMatch(finding -> finding.severity() == Severity.WARNING);
  }

  @Test
  void sha1AloneAndUnknownAlgorithmsAreWeak() {
    assertThat(lintLine("https://h/a BUNDLESPEC=gzip-v2 DIGEST=sha1:" + "ab".repeat(20)))
        .extracting(ManifestFinding::message)
        .singleElement()
        .asString()
        .contains("sha1 is not allowed", "add sha256");
    assertThat(lintLine("https://h/a BUNDLESPEC=gzip-v2 DIGEST=b3:00," + SHA256)).hasSize(1);
  }

  @Test
  void serverNamesMeanNothingForHttp() {
    assertThat(lintLine("http://h/a BUNDLESPEC=gzip-v2 REQUIRESNI=true DIGEST=" + SHA256))
        .singleElement()
        .extracting(ManifestFinding::message)
        .asString()
        .contains("http URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "a.localhost",
        "printer.local",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "224.0.0.1"
      })
  void reportsHostsInsidePrivateNetworks(String host) {
    assertThat(lintLine("https://" + host + "/a BUNDLESPEC=gzip-v2"))
        .singleElement()
        .extracting(ManifestFinding::message)
        .asString()
        .contains("inside a network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "[2001:db8::1]", "h", "10.example", "172.32.0.1"})
  void otherHostsAreNot(String host) {
    assertThat(lintLine("https://" + host + "/a BUNDLESPEC=gzip-v2")).isEmpty();
  }

  @Test
  void malformedLinesAreErrorsInTheOrderOfTheLines() {
    List<ManifestFinding> findings =
        lint("https://h/a\nhttps://h/b BROKEN\n" + SOUND + "https://h/c x=%00");

    assertThat(findings).extracting(ManifestFinding::line).containsExactly(1, 2, 4, 4);
    assertThat(findings)
        .extracting(ManifestFinding::severity)
        .containsExactly(Severity.WARNING, Severity.ERROR, Severity.ERROR, Severity.WARNING);
    assertThat(findings.get(3).message()).contains("no line feed");
  }

  @Test
  void reportsCarriageReturnsOnce() {
    assertThat(lint(SOUND + "https://h/b BUNDLESPEC=gzip-v2\r\nhttps://h/c BUNDLESPEC=gzip-v2\r\n"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.line()).isEqualTo(2);
              assertThat(finding.message()).contains("carriage return");
            });
  }

  @Test
  void reportsByteOrderMarks() {
    assertThat(lint("\ufeffhttps://h/a BUNDLESPEC=gzip-v2\n"))
        .anyMatch(finding -> finding.message().contains("byte order mark"));
  }

  @Test
  void reportsManifestsThatLeaveSomeClientsWithoutAnEntry() {
    assertThat(lint(""))
        .singleElement()
        .extracting(ManifestFinding::line, ManifestFinding::severity)
        .containsExactly(0, Severity.WARNING);
    assertThat(lint("https://h/a BUNDLESPEC=gzip-v2 REQUIRESNI=true REQUIREDRAM=1MB\n"))
        .extracting(ManifestFinding::message)
        .anyMatch(message -> message.contains("every entry has REQUIRESNI"))
        .anyMatch(message -> message.contains("every entry has REQUIREDRAM"))
        .hasSize(2);
  }
}
