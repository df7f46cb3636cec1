// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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

final class MissingFilesTest {
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
  void eachChangesetThatAddsARevisionIntroducesIt() throws IOException {
    Node one = manifest("a\0" + X.hex() + "\n");
    Node both = manifest("a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");
    Node first = changeset(one, Node.NULL, "first");
    Node again = changeset(one, Node.NULL, "again");
    Node other = changeset(both, Node.NULL, "other");
    Node child = changeset(both, first, "child");
    deliver(one, "a\0" + X.hex() + "\n");
    deliver(both, "a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");

    MissingFiles missing = missing();

    assertThat(missing.count()).isEqualTo(2);
    for (Node adding : new Node[] {first, again, other}) {
      assertThat(missing.isAddedBy(A, adding)).isTrue();
    }
    assertThat(missing.isAddedBy(A, child)).isFalse();
    assertThat(missing.isAddedBy(A, X)).isFalse();
    assertThat(missing.isAddedBy(B, child)).isTrue();
    assertThat(missing.isAddedBy(B, first)).isFalse();
    assertThat(missing.isAddedBy(RevisionKey.file(ByteString.utf8("b"), X), other)).isFalse();
  }

  @Test
  void changesetsLackWhatWasNotRemoved() throws IOException {
    Node one = manifest("a\0" + X.hex() + "\n");
    Node both = manifest("a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");
    Node first = changeset(one, Node.NULL, "first");
    Node again = changeset(one, Node.NULL, "again");
    Node other = changeset(both, Node.NULL, "other");
    Node bare = changeset(manifest("none"), Node.NULL, "without its manifest");
    deliver(one, "a\0" + X.hex() + "\n");
    deliver(both, "a\0" + X.hex() + "\nb\0" + Y.hex() + "\n");
    MissingFiles missing = missing();

    missing.remove(B);
    assertThat(missing.changesets()).containsExactlyInAnyOrder(first, again, other, bare);
    missing.remove(A);
    missing.remove(A);
    assertThat(missing.changesets()).containsExactly(bare);
    assertThat(missing.contains(A)).isFalse();
    assertThat(missing.count()).isZero();
  }

  @Test
  void anyNumberOfFilesIsLookedUp() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 70_000; i++) {
      lines.append(String.format("%06d\0", i)).append(X.hex()).append('\n');
    }
    Node manifest = manifest(lines.toString());
    changeset(manifest, Node.NULL, "first");
    deliver(manifest, lines.toString());
    assertThat(missing().count()).isEqualTo(70_000);
  }

  private MissingFiles missing() throws IOException {
    return new MissingFiles(sink, PullLimits.of(WireLimits.defaults(), () -> 1L << 30));
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
