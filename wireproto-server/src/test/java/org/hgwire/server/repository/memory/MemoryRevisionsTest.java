// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.junit.jupiter.api.Test;

/** What a store in memory keeps of its revisions beside their texts. */
class MemoryRevisionsTest {
  private static final String LINES = "a line of the file\n".repeat(100);

  private final MemoryRepository repository = MemoryRepository.publishing();

  @Test
  void deltasAreKeptAgainstTheParentFromWhichTheySave() throws IOException {
    Node root = repository.commit().write("a", LINES).write("b", "b\n").commit();
    Node left = repository.commit().parent(root).write("a", "other\n").commit();
    Node right = repository.commit().parent(root).write("a", LINES + "2").commit();
    Node merge = repository.commit().parents(left, right).write("a", LINES + "3").commit();
    RepositorySnapshot snapshot = repository.snapshot();
    RevisionStore file = Objects.requireNonNull(snapshot.file(ByteString.utf8("a")));
    List<StoredRevision> all = introduced(file, root, left, right, merge);
    assertThat(all).extracting(StoredRevision::delta).element(0).isNull();
    assertThat(all).extracting(StoredRevision::delta).element(1).isNull();
    assertIsDelta(file, all.get(2), all.get(0));
    assertIsDelta(file, all.get(3), all.get(2));
    List<StoredRevision> manifests =
        introduced(
            Objects.requireNonNull(snapshot.manifests(ByteString.empty())), root, left, merge);
    assertThat(manifests).hasSize(3);
  }

  private static void assertIsDelta(
      RevisionStore store, StoredRevision revision, StoredRevision base) throws IOException {
    StoredDelta delta = Objects.requireNonNull(revision.delta());
    assertThat(delta.base()).isEqualTo(base.node());
    StoredRevision found = Objects.requireNonNull(store.find(delta.base()));
    assertThat(
            ByteString.copyOf(
                Delta.apply(
                    text(found).asByteBuffer(), delta.hunks().asByteBuffer(), Integer.MAX_VALUE)))
        .isEqualTo(text(revision));
  }

  private static ByteString text(StoredRevision revision) throws IOException {
    try (InputStream text = revision.open()) {
      return ByteString.copyOf(text.readAllBytes());
    }
  }

  @Test
  void introducedRevisionsAreThoseOfTheChangesetsAndOfTheSnapshot() throws IOException {
    List<Node> changesets = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      changesets.add(repository.commit().write(i % 3 == 0 ? "a" : "b", LINES + i).commit());
    }
    RevisionStore file;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      file = Objects.requireNonNull(snapshot.file(ByteString.utf8("a")));
      changesets.add(repository.commit().write("a", LINES + "later").commit());
      assertThat(introduced(file, changesets.toArray(Node[]::new)))
          .extracting(StoredRevision::links)
          .extracting(links -> links.findFirst().orElseThrow())
          .containsExactly(0, 3, 6);
    }
    assertThat(introduced(file, changesets.get(3))).hasSize(1);
    assertThat(introduced(file, changesets.get(2), changesets.get(4))).isEmpty();
    assertThat(introduced(file, changesets.get(9))).isEmpty();
    assertThat(introduced(file)).isEmpty();
  }

  @Test
  void filesOfAChangesetAreThoseOfItsText() throws IOException {
    repository.commit().write("b", "1").write("a", "1").write("c", "1").commit();
    repository.commit().remove("c").write("a", "2").commit();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      assertThat(snapshot.changesets().files(0))
          .containsExactly(ByteString.utf8("a"), ByteString.utf8("b"), ByteString.utf8("c"));
      assertThat(snapshot.changesets().files(1))
          .containsExactly(ByteString.utf8("a"), ByteString.utf8("c"));
    }
  }

  private List<StoredRevision> introduced(RevisionStore store, Node... changesets)
      throws IOException {
    BitSet numbers = new BitSet();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      for (Node changeset : changesets) {
        numbers.set(snapshot.changesets().revision(changeset));
      }
    }
    List<StoredRevision> found = new ArrayList<>();
    RevisionCursor cursor = Objects.requireNonNull(store.introducedBy(numbers));
    for (StoredRevision next = cursor.next(); next != null; next = cursor.next()) {
      found.add(next);
    }
    return found;
  }
}
