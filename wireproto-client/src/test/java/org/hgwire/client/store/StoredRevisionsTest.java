// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.RevlogLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredRevisionsTest {
  @TempDir Path directory;

  @Test
  void whatOthersWriteIsNotSeenBeforeRefresh() throws IOException {
    RepositorySink.open(directory).close();
    RepositoryDirectory repository = RepositoryDirectory.open(directory);
    try (StoredRevisions stored = new StoredRevisions(repository, RevlogLimits.defaults())) {
      assertThat(stored.manifests()).isNull();
      Files.write(repository.manifestLog(), new byte[] {1, 2, 3, 4, 5});
      assertThat(stored.manifests()).isNull();
      stored.refresh();
      assertThatThrownBy(stored::manifests).isInstanceOf(StoreException.class);
    }
  }
}
