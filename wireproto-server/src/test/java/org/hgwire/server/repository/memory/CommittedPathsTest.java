// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommittedPathsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../b", "a//b", ".hg/hgrc", "a/.HG/b"})
  void pathsThatLeaveTheRepositoryAreRefused(String path) {
    MemoryCommit commit = MemoryRepository.publishing().commit();

    assertThatThrownBy(() -> commit.write(path, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the path");
    assertThatThrownBy(() -> commit.copy("a", path, "text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\b", "c:x", "con", ".hgtags"})
  void oddPathsAreCommitted(String path) {
    MemoryRepository repository = MemoryRepository.publishing();

    assertThat(repository.commit().write(path, "text").commit()).isEqualTo(repository.tip());
  }
}
