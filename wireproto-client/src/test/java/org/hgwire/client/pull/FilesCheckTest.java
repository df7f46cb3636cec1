// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FilesCheckTest {
  /** As many as are requested at a time. */
  private static final int GROUP = 10_000;

  @TempDir Path directory;

  @Test
  void parentsAreRequestedNoLaterThanTheirChildren() throws IOException {
    ScriptedRepository repository = new ScriptedRepository(1).grow(GROUP / 2 + 5);
    repository.filesBatch = GROUP;
    for (var revisions : repository.files.values()) {
      revisions.forEach(revision -> repository.leftOut.add(revision.node()));
    }
    try (Peer peer = repository.serve().connect(PeerOptions.builder());
        PullSink sink = RepositorySink.open(directory.resolve("target"))) {
      PullSummary pulled = Pull.run(peer, sink, PullOptions.DEFAULT.withDirectory(directory));
      assertThat(pulled.fileRevisions()).isEqualTo(GROUP + 10);
      assertThat(sink.incomplete()).isEmpty();
    }
  }
}
