// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemCountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "null | 1",
        "true | 1",
        "b'abc' | 1",
        "[] | 1",
        "[1, [2, b'x'], {}] | 6",
        "{b'a': 1, b'b': [1, 2]} | 7",
        "258([1, 2, 3]) | 4",
      })
  void everyItemAtEveryDepthCounts(String notation, int count) {
    assertThat(DiagnosticNotation.parse(notation).itemCount()).isEqualTo(count);
  }
}
