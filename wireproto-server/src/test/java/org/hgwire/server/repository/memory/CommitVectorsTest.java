// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.junit.jupiter.api.Test;

/**
 * The expected nodes are those of Mercurial 5.6.1 for the same histories. Each is a hash of all
 * files, manifests and ancestors.
 */
class CommitVectorsTest {
  private static final String ANN = "Ann Example <ann@example.com>";

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final List<Node> nodes = new ArrayList<>();

  private MemoryCommit on(int... parents) {
    MemoryCommit commit = repository.commit().user(ANN).date(1000 + nodes.size(), 0);
    return parents.length == 2
        ? commit.parents(nodes.get(parents[0]), nodes.get(parents[1]))
        : commit.parent(parents.length == 0 ? Node.NULL : nodes.get(parents[0]));
  }

  private void expect(String node, MemoryCommit commit) {
    Node committed = commit.commit();
    assertThat(committed.hex()).as("changeset %d", nodes.size()).isEqualTo(node);
    nodes.add(committed);
  }

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  @Test
  void everyKindOfCommitHasMercurialsNode() {
    expect(
        "d1c079e2f8178e8964028bac105b8d42c2b1d4d9",
        on().date(1000, -3600)
            .message("first")
            .write("a", "a\n")
            .write(bytes("d/b"), bytes("b\n"), ManifestFlag.EXECUTABLE)
            .write("e", "")
            .write(bytes("bin"), ByteString.fromHex("000102ff")));
    expect(
        "156e45e9ff91aba27cec91f72dbbf8bcaa04941a",
        on(0).message("second\n\n with a body  \n").write("a", "a\na2\n"));
    expect(
        "838e1c1c63d9d7fad03e295a22c5e8da5cfacd7d",
        on(1)
            .message("copies")
            .copy("a", "a2", "a\na2\n")
            .copy(bytes("d/b"), bytes("d/c"), bytes("b\n"), ManifestFlag.EXECUTABLE)
            .remove("d/b"));
    expect(
        "b40e4bab9d125b81278896b6c94f09cf5e63e104",
        on(1)
            .branch("stable")
            .message("on stable")
            .write("a", "a\na2\na3\n")
            .remove("e")
            .write(bytes("bin"), ByteString.fromHex("000102ff"), ManifestFlag.EXECUTABLE));
    expect(
        "f498051c98176b597482d9333a63c0b1d8f1860d",
        on(2, 3).message("merge1").copy("a", "a2", "a\na2\n"));
    expect(
        "3e15cd74f3a9e6cbeac05b02790ec367ae42fddd",
        on(2).user("Bob").message("conflict").write("a", "other\n"));
    expect(
        "7c4be82d82683b4f741b0fc7a0898e2d2dbaec26",
        on(5, 3).message("merge2").write("a", "resolved\n").copy("a", "a2", "a\na2\n"));
    expect(
        "fe4f4129c0bc4936de5fdf0320c24f954938f46e",
        on(6)
            .message("meta and link")
            .write("m", "\u0001\nmeta")
            .write(bytes("link"), bytes("a"), ManifestFlag.LINK));
    expect(
        "a09e79358fc25e0476f59e7a58374da700070a41",
        on(7).date(1008, 7200).branch("feature").message("branch only"));
    expect(
        "f8c24b76cbc2a9bbf4d251ed5af8026d13071650",
        on(8).branch("feature").closeBranch().message("closed"));
    expect("14defb95060d2a95ba2aa8fb241b038f4ec71c0f", on(7).message("s1").write("s", "same\n"));
    expect(
        "ea32e957c1113682e4910a35cc782a65e09ac53c",
        on(7).message("s2").write("s", "same\n").write("t", "t\n"));
    expect("3ec01dc2cb3f4bc585742f28ff3f344f72c1a5df", on(11, 10).message("merge same"));
    expect("bfb3e627185887456867a3d8b52df837b93f59e3", on(10).message("n1").write("n", "one\n"));
    expect("b982ca1149c09a843cf978fa381d28170f1171ed", on(11).message("n2").write("n", "two\n"));
    expect(
        "b7db500a914d78b7693adc0c373bb0952b5926b8",
        on(14, 13).message("merge n").write("n", "three\n"));
    expect(
        "3858d1ef8f9772f7e399d4297799401180b608ef",
        on(13, 14).message("merge n local").write("n", "one\n"));
    expect(
        "6c447d261f82e24ff6856c1ab9b59b6ff69ef1ee",
        on(16).message("rename with change").rename("a", "moved", "resolved\nmore\n"));
    expect("adf36eaaca5d9926d83bb9e49d704edb06ac8f70", on(16).message("rm").remove("d/c"));
    expect("7611899066b084783bd6b93c424d34ed1fcd16ee", on(17, 18).message("merge rm"));
    expect(
        "06853afeaca86fea0b68b6ba107263a656877d5b",
        on(19).message("link to file").write("link", "file\n"));
    MemoryCommit removal = on(20).message("all gone");
    List.of("a2", "bin", "link", "m", "moved", "n", "s", "t").forEach(removal::remove);
    expect("22f679cc8c6a53602a898871eed88ad63b18eddb", removal);
    expect("960bd17bf6a47c93a2a52c730abcb0b761596fba", on(21).message("a again").write("a", "a\n"));
    expect(
        "0c4f1ceef99c098a7e405dd2d467e079ec004ab4",
        on(22).message("mode").write(bytes("a"), bytes("a\n"), ManifestFlag.EXECUTABLE));
    expect("df563191ff1b08b03cdc2f47ad8e0444bf6784d5", on(23).branch("x1").message("x1"));
    expect("687387fd9575c9c7086c1326512fde7698f436da", on(23).branch("x2").message("x2"));
    expect(
        "e55383fab3f8fb94504d6d3218eb37bf8428368b", on(25, 24).branch("x2").message("empty merge"));
    expect("f027c0c133b10e1702ef971c1c75a0b56b3018c7", on(23).message("q1").write("q", "q1\n"));
    expect(
        "9a2b1f92f305ee6ac38c01b602909882c9f345b6",
        on(23)
            .message("w")
            .write("w", "q2\n")
            .copy(bytes("a"), bytes("cc"), bytes("a\n"), ManifestFlag.EXECUTABLE));
    expect("ce03aa9346b5ea51e6b6cbe0229902435ecbf5b0", on(28, 27).message("disjoint"));
  }

  @Test
  void mergesListTheSameFilesAsMercurial() {
    expect(
        "309351e90d9f188f70616c0a5edc37222ff6d8ea",
        on().date(0, 0).message("0").write("a", "a\n").write("r", "r\n"));
    expect(
        "5501a340021188c5270c3d8d5d9044bfb2f5c96d",
        on(0).date(1, 0).message("1").write("b", "b\n"));
    expect(
        "d90c48d25502684b972b40aedcb81153f58acab9",
        on(0)
            .date(2, 0)
            .message("2")
            .write(bytes("a"), bytes("a\naa\n"), ManifestFlag.EXECUTABLE)
            .write(bytes("x"), bytes("x\n"), ManifestFlag.EXECUTABLE));
    expect("d3c9213081d9e1ae0d9747ca0949769934a00104", on(1, 2).date(3, 0).message("3"));
    expect(
        "9153bc188f3fa0718475c5d98525ebb30bf36773",
        on(1).date(4, 0).message("4").write("only", "p1\n"));
    expect(
        "eeb5a3f7c2587dc659865769f54cdaf0da976b58",
        on(4, 2).date(5, 0).message("5").remove("only").remove("r"));
    expect(
        "216d17527de357ff15fc9751e25d33a5aa7e569b",
        on(4, 2)
            .date(6, 0)
            .message("6")
            .write(bytes("x"), bytes("x\nchanged\n"), ManifestFlag.EXECUTABLE)
            .write("fresh", "fresh\n"));
  }

  @Test
  void dateHasTheOffsetThatIsoTimestampsHave() {
    Node node = on().date(1000, -3600).message("east").commit();
    OffsetDateTime date = OffsetDateTime.parse("1970-01-01T01:16:40+01:00");
    assertThat(on().date(date).message("east").commit()).isEqualTo(node);
  }

  @Test
  void suppliedContentHasTheNodeOfTheSameBytesInMemory() {
    ByteString content = bytes("many bytes");
    RevisionContent supplied =
        RevisionContent.of(content.length(), () -> new ByteArrayInputStream(content.toByteArray()));
    Node first = repository.commit().write("f", "many bytes").commit();
    Node second =
        MemoryRepository.publishing()
            .commit()
            .write(bytes("f"), supplied, ManifestFlag.FILE)
            .commit();
    assertThat(second).isEqualTo(first);
    assertThat(first.isNull()).isFalse();
  }

  @Test
  void contentOfAnotherLengthThanDeclaredIsRefused() {
    RevisionContent wrong = RevisionContent.of(5, () -> new ByteArrayInputStream(new byte[4]));
    MemoryCommit commit = repository.commit().write(bytes("f"), wrong, ManifestFlag.FILE);
    assertThatIllegalArgumentException().isThrownBy(commit::commit).withMessageContaining("5");
    assertThat(repository.tip()).isEqualTo(Node.NULL);
  }

  @Test
  void unresolvedConflictOfAMergeChangesNothing() {
    Node root = repository.commit().write("f", "0").commit();
    Node ours = repository.commit().write("f", "1").commit();
    Node theirs = repository.commit().parent(root).write("f", "2").commit();
    MemoryCommit merge = repository.commit().parents(ours, theirs);
    assertThatIllegalStateException().isThrownBy(merge::commit).withMessageContaining("f");
    assertThat(repository.tip()).isEqualTo(theirs);
    assertThat(merge.write("f", "3").commit()).isEqualTo(repository.tip());
  }

  @Test
  void snapshotDoesNotSeeLaterCommits() throws Exception {
    Node first = repository.commit().write("f", "0").commit();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      Node second = repository.commit().write("f", "1").write("g", "1").commit();
      assertThat(snapshot.changesets().count()).isEqualTo(1);
      assertThat(snapshot.changesets().revision(first)).isEqualTo(0);
      assertThat(snapshot.changesets().revision(second)).isEqualTo(ChangesetIndex.NONE);
      try (RepositorySnapshot later = repository.snapshot()) {
        FileChange change = later.changes(1).get(0);
        RevisionStore seen = Objects.requireNonNull(snapshot.file(change.path()));
        assertThat(seen.find(Objects.requireNonNull(change.node()))).isNull();
      }
    }
  }
}
