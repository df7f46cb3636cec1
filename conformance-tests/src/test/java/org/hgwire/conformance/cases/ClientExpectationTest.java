// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ends of a client are as expected. */
final class ClientExpectationTest {
  @ParameterizedTest
  @CsvSource({
    "succeeds, 0, true",
    "succeeds, 1, false",
    "fails, 0, false",
    "fails, 1, true",
    "fails, 128, true",
    "fails, 144, true",
    "fails, 255, true",
    "rejects, 0, false",
    "rejects, 1, true",
    "ends, 0, true",
    "ends, 1, true",
  })
  void exitStatus(String expectation, int exit, boolean asExpected) {
    assertThat(mismatch(expectation, exit) == null).isEqualTo(asExpected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"succeeds", "fails", "rejects", "follows", "ends"})
  void crashesAndEndlessRunsAreNeverAsExpected(String expectation) {
    for (int exit : List.of(129, 134, 137, 139, 143)) {
      assertThat(mismatch(expectation, exit))
          .isEqualTo("the client crashed, its exit status is " + exit + ": what it said");
    }
    assertThat(mismatch(expectation, null)).isEqualTo("the client did not end in time");
  }

  @Test
  void aClientThatFollowsNothingRejectsNothing() {
    ClientRun run = new ClientRun(0, "", List.of(), Set.of(), Set.of());

    assertThat(ClientExpectation.parse("rejects").mismatch(run)).isNull();
  }

  private static @Nullable String mismatch(String expectation, @Nullable Integer exit) {
    ClientRun run =
        new ClientRun(exit, "what it said", List.of(), Set.of("changesetdata"), Set.of());
    return ClientExpectation.parse(expectation).mismatch(run);
  }
}
