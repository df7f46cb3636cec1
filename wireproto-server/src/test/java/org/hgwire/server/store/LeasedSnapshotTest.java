// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.server.repository.RepositorySnapshot;
import org.junit.jupiter.api.Test;

class LeasedSnapshotTest {
  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }

  /** A default of the contract must never hide what the repository itself says. */
  @Test
  void everyMethodOfTheContractIsPassedOn() {
    List<String> own =
        Stream.of(LeasedSnapshot.class.getDeclaredMethods())
            .map(LeasedSnapshotTest::signature)
            .toList();

    assertThat(Stream.of(RepositorySnapshot.class.getMethods()).map(LeasedSnapshotTest::signature))
        .isSubsetOf(own);
  }
}
