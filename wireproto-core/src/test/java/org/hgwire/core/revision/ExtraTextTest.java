// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import org.hgwire.core.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExtraTextTest {
  @ParameterizedTest
  @CsvSource({
    "6162, 6162",
    "5c5c, 5c",
    "5c6e, 0a",
    "5c72, 0d",
    "5c30, 00",
    "5c5c6e, 5c6e",
    "5c78, 78",
    "615c, 615c",
    "5c, 5c",
    "610d, 610d",
    "ff5cff, ffff"
  })
  void unescapeUndoesEscapesAndAcceptsOddOnes(String escaped, String plain) {
    assertThat(ExtraText.unescape(ByteString.fromHex(escaped)).hex()).isEqualTo(plain);
  }
}
