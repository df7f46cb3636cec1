// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchManifestsTest {
  private static final Node X = new Node(1, 2, 3);
  private static final Node Y = new Node(4, 5, 6);
  private static final RevisionKey A = RevisionKey.file(ByteString.utf8("a"), X);
  private static final RevisionKey B = RevisionKey.file(ByteString.utf8("b"), Y);

  @TempDir private Path directory;
  private RepositorySink sink;

  @BeforeEach
  void open() throws IOException {
    sink = RepositorySink.open(directory.resolve("repository"), null);
  }

  @AfterEach
  void close() throws IOException {
    sink.close();
  }

  @Test
  void firstChangesetWithARevisionIntroducesIt() throws IOException {
    Node one = manifest("a\0" + X.hex() + "\n");
    Node both = manifest("a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");
    Node first = changeset(one, Node.NULL, "first");
    changeset(one, Node.NULL, "again");
    Node other = changeset(both, Node.NULL, "other");
    changeset(both, first, "child");
    deliver(one, "a\0" + X.hex() + "\n");
    deliver(both, "a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");

    BatchManifests batch = new BatchManifests(sink, sink.incomplete());

    assertThat(batch.files(added()).count()).isEqualTo(2);
    assertThat(batch.introducing(A)).isEqualTo(first);
    assertThat(batch.introducing(B)).isEqualTo(other);
    assertThat(batch.introducing(RevisionKey.file(ByteString.utf8("b"), X))).isNull();
  }

  @Test
  void revisionThatWasNamedLaterFirstIsOfTheEarlierChangeset() throws IOException {
    Node one = manifest("a\0" + X.hex() + "\n");
    Node two = manifest("a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");
    Node first = changeset(one, Node.NULL, "first");
    Node second = changeset(two, Node.NULL, "second");
    BatchManifests batch = new BatchManifests(sink, sink.incomplete());
    batch.named(A.path(), A.node(), batch.number(two));
    batch.named(B.path(), B.node(), batch.number(two));
    batch.named(A.path(), A.node(), batch.number(one));
    assertThat(batch.introducing(A)).isEqualTo(first);
    assertThat(batch.introducing(B)).isEqualTo(second);
    List<RevisionKey> visited = new ArrayList<>();
    batch.files(added()).visit((file, manifest) -> visited.add(file));
    assertThat(visited).containsExactly(A, B);
  }

  @Test
  void changesetsLackTheirManifestsAndTheirFiles() throws IOException {
    Node one = manifest("a\0" + X.hex() + "\n");
    Node lost = manifest("none");
    Node first = changeset(one, Node.NULL, "first");
    Node bare = changeset(lost, Node.NULL, "without its manifest");
    Node empty = changeset(Node.NULL, Node.NULL, "without files");
    deliver(one, "a\0" + X.hex() + "\n");
    BatchManifests batch = new BatchManifests(sink, sink.incomplete());
    assertThat(batch.missing()).containsExactly(lost);
    assertThat(batch.isComplete(added())).isFalse();
    LackingChangesets lacking = new LackingChangesets(sink, added());
    assertThat(lacking.has(first)).isTrue();
    assertThat(lacking.has(bare)).isTrue();
    assertThat(lacking.has(empty)).isFalse();
  }

  private AddedFiles added() {
    return new AddedFiles(sink, PullLimits.of(WireLimits.defaults(), () -> 1L << 30).comparisons());
  }

  private static Node manifest(String text) {
    return NodeHasher.hash(Parents.NONE, ByteString.utf8(text));
  }

  private Node changeset(Node manifest, Node parent, String description) throws IOException {
    ByteString text = ByteString.utf8(manifest.hex() + "\nu\n0 0\n\n" + description);
    Node node = NodeHasher.hash(Parents.of(parent), text);
    sink.accept(
        new PulledRevision(
            RevisionKey.changeset(node),
            parent,
            Node.NULL,
            null,
            new MemoryText(text.toByteArray())));
    return node;
  }

  private void deliver(Node manifest, String text) throws IOException {
    sink.accept(
        new PulledRevision(
            RevisionKey.manifest(manifest),
            Node.NULL,
            Node.NULL,
            null,
            new MemoryText(ByteString.utf8(text).toByteArray())));
  }
}
