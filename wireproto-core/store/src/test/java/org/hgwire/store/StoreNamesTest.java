// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in the store are those that Mercurial gives. */
final class StoreNamesTest {
  private static final List<StoreNames> KINDS =
      List.of(
          StoreNames.of(Set.of("store", "fncache", "dotencode")),
          StoreNames.of(Set.of("store", "fncache")),
          StoreNames.of(Set.of("store")));

  @Test
  void namesAreThoseOfMercurial() throws IOException {
    try (InputStream input =
        Objects.requireNonNull(StoreNamesTest.class.getResourceAsStream("names.txt"))) {
      String text = new String(input.readAllBytes(), StandardCharsets.US_ASCII);
      List<String> lines = text.lines().skip(1).toList();
      assertThat(lines).hasSizeGreaterThan(200);
      for (String line : lines) {
        String[] fields = line.split("\\|", -1);
        ByteString path = ByteString.fromHex(fields[0]);
        for (int i = 0; i < KINDS.size(); i++) {
          assertThat(KINDS.get(i).fileLog(path)).as(path + " " + i).isEqualTo(fields[i + 1]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "README, data/_r_e_a_d_m_e.i",
    "a_b, data/a__b.i",
    "aux.c, data/au~78.c.i",
    ".x/y, data/~2ex/y.i",
    "d.i/x, data/d.i.hg/x.i",
    "d.hg/x, data/d.hg.hg/x.i",
    "com0/com1, data/com0/co~6d1.i",
  })
  void escapesAreReadable(String path, String name) {
    assertThat(KINDS.get(0).fileLog(ByteString.utf8(path))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/../../x", "/etc/passwd", "a//b", ".hg/x", "a/./b"})
  void pathsThatLeadElsewhereHaveNoName(String path) {
    for (StoreNames names : KINDS) {
      assertThat(names.fileLog(ByteString.utf8(path))).isNull();
    }
  }
}
