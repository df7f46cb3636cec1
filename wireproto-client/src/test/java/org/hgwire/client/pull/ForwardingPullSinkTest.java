// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardingPullSinkTest {
  @TempDir Path directory;

  /** The index of its Javadoc, with the dates of the changesets. */
  private static final class Index extends ForwardingPullSink {
    private final ChangedPaths changedPaths = new ChangedPaths(this);
    final List<OffsetDateTime> dates = new ArrayList<>();
    final List<String> changes = new ArrayList<>();

    Index(Path directory) throws IOException {
      super(RepositorySink.open(directory));
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (revision.key().kind() == RevisionKind.CHANGESET) {
        dates.add(ChangesetText.parse(revision.text().readAll()).date());
      }
      super.accept(revision);
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) throws IOException {
      for (Node changeset : changesets) {
        changedPaths.visit(
            changeset, change -> changes.add(change.kind() + " " + change.path().utf8()));
      }
      super.changesetsCompleted(changesets);
    }
  }

  @Test
  void indexSeesEveryChangesetAndItsPaths() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(3);
    repository.bookmarks.put(
        ByteString.utf8("b"), ByteString.utf8(repository.changesets.get(1).node().hex()));
    try (Peer peer = repository.serve().connect();
        Index index = new Index(directory)) {
      Pull.run(peer, index);
      assertThat(index.dates).extracting(OffsetDateTime::toEpochSecond).containsExactly(0L, 1L, 2L);
      assertThat(index.changes)
          .containsExactly(
              "ADDED f", "ADDED g", "MODIFIED f", "MODIFIED g", "MODIFIED f", "MODIFIED g");
    }
  }

  @Test
  void everyCallReachesTheOtherSink() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(3);
    try (Peer peer = repository.serve().connect();
        PullSink forwarding = new ForwardingPullSink(RepositorySink.open(directory)) {}) {
      Pull.run(peer, forwarding);
    }
    Node tip = repository.changesets.get(2).node();
    try (PullSink sink = RepositorySink.open(directory)) {
      assertThat(sink.heads()).containsExactly(tip);
      assertThat(sink.incomplete()).isEmpty();
    }
    try (PullSink forwarding = new ForwardingPullSink(RepositorySink.open(directory)) {};
        Peer peer = repository.grow(2).serve().connect()) {
      assertThat(forwarding.parents(tip)).containsExactly(repository.changesets.get(1).node());
      assertThat(forwarding.has(RevisionKey.changeset(tip))).isTrue();
      assertThat(forwarding.open(RevisionKey.changeset(tip))).isNotNull();
      assertThat(forwarding.state()).isNotNull();
      assertThat(Pull.run(peer, forwarding).changesets()).isEqualTo(2);
    }
  }
}
