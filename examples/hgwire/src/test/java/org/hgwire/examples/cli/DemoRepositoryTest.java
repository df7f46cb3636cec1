// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.hgwire.core.ByteString;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

final class DemoRepositoryTest {
  @Test
  void hasMergesAndBookmarksAndIsReproducible() throws Exception {
    MemoryRepository repository = DemoRepository.create();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      ChangesetIndex changesets = snapshot.changesets();
      assertThat(changesets.count()).isBetween(24, 60);
      int merges = 0;
      for (int revision = 0; revision < changesets.count(); revision++) {
        merges += changesets.parent2(revision) == ChangesetIndex.NONE ? 0 : 1;
      }
      assertThat(merges).isGreaterThanOrEqualTo(5);
      assertThat(snapshot.bookmarks())
          .containsOnlyKeys(
              ByteString.utf8("@"), ByteString.utf8("release"), ByteString.utf8("experiment"));
    }
    assertThat(DemoRepository.create().tip()).isEqualTo(repository.tip());
  }
}
