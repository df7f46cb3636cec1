// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.pull.PathChange.Kind;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.FileText;
import org.hgwire.core.revision.FileText.CopySource;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.core.revision.NodeHasher;
import org.junit.jupiter.api.Test;

class ChangedPathsTest {
  private record Entry(Node node, ManifestFlag flag) {}

  private final PullSink sink = new MemorySink();

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  private Node accept(RevisionKey key, Parents parents, ByteString text) throws IOException {
    if (!sink.has(key)) {
      sink.accept(
          new PulledRevision(
              key, parents.first(), parents.second(), null, new MemoryText(text.toByteArray())));
    }
    return key.node();
  }

  private Entry file(String path, FileText text, ManifestFlag flag) throws IOException {
    Node node = NodeHasher.hash(Parents.NONE, text.format());
    return new Entry(
        accept(RevisionKey.file(bytes(path), node), Parents.NONE, text.format()), flag);
  }

  private Entry file(String path, String content) throws IOException {
    return file(path, FileText.of(bytes(content)), ManifestFlag.FILE);
  }

  private Node commit(Parents parents, Map<ByteString, Entry> files) throws IOException {
    ManifestText.Builder manifest = ManifestText.builder();
    new TreeMap<>(files).forEach((path, entry) -> manifest.add(path, entry.node(), entry.flag()));
    return commit(parents, manifest.build());
  }

  private Node commit(Parents parents, ByteString manifest) throws IOException {
    Node manifestNode =
        manifest.isEmpty()
            ? Node.NULL
            : accept(
                RevisionKey.manifest(NodeHasher.hash(Parents.NONE, manifest)),
                Parents.NONE,
                manifest);
    ByteString text =
        new ChangesetText(manifestNode, bytes("t"), 0, 0, Map.of(), List.of(), ByteString.empty())
            .format();
    return accept(RevisionKey.changeset(NodeHasher.hash(parents, text)), parents, text);
  }

  private List<PathChange> changes(Node changeset) throws IOException {
    List<PathChange> changes = new ArrayList<>();
    new ChangedPaths(sink).visit(changeset, changes::add);
    return changes;
  }

  @Test
  void addedModifiedAndRemovedPathsComeInTheOrderOfTheManifest() throws Exception {
    Entry gone = file("a", "a");
    Entry kept = file("b", "b");
    Entry old = file("c", "c");
    Entry changed = file("c", "c2");
    Entry executable = new Entry(kept.node(), ManifestFlag.EXECUTABLE);
    Entry added = file("c.d", "d");
    Node first =
        commit(
            Parents.NONE,
            Map.of(bytes("a"), gone, bytes("b"), kept, bytes("b2"), kept, bytes("c"), old));
    Node second =
        commit(
            Parents.of(first),
            Map.of(
                bytes("b"),
                kept,
                bytes("b2"),
                executable,
                bytes("c"),
                changed,
                bytes("c.d"),
                added));
    assertThat(changes(first)).extracting(PathChange::kind).containsOnly(Kind.ADDED).hasSize(4);
    assertThat(changes(second))
        .containsExactly(
            new PathChange(Kind.REMOVED, bytes("a"), gone.node(), Node.NULL, ManifestFlag.FILE),
            new PathChange(
                Kind.MODIFIED, bytes("b2"), kept.node(), kept.node(), ManifestFlag.EXECUTABLE),
            new PathChange(
                Kind.MODIFIED, bytes("c"), old.node(), changed.node(), ManifestFlag.FILE),
            new PathChange(Kind.ADDED, bytes("c.d"), Node.NULL, added.node(), ManifestFlag.FILE));
  }

  @Test
  void changesetsWithoutFilesHaveTheNullManifest() throws Exception {
    Entry entry = file("a", "a");
    Node empty = commit(Parents.NONE, Map.of());
    Node one = commit(Parents.of(empty), Map.of(bytes("a"), entry));
    Node none = commit(Parents.of(one), Map.of());
    assertThat(changes(empty)).isEmpty();
    assertThat(changes(one)).extracting(PathChange::kind).containsExactly(Kind.ADDED);
    assertThat(changes(none)).extracting(PathChange::kind).containsExactly(Kind.REMOVED);
  }

  @Test
  void mergesAreComparedWithTheirFirstParent() throws Exception {
    Entry a = file("a", "a");
    Entry b = file("b", "b");
    Node left = commit(Parents.NONE, Map.of(bytes("a"), a));
    Node right = commit(Parents.NONE, Map.of(bytes("b"), b));
    Node merge = commit(new Parents(left, right), Map.of(bytes("a"), a, bytes("b"), b));
    assertThat(changes(merge))
        .containsExactly(
            new PathChange(Kind.ADDED, bytes("b"), Node.NULL, b.node(), ManifestFlag.FILE));
  }

  @Test
  void copySourceIsReadFromTheNewFileRevision() throws Exception {
    Entry source = file("from", "content");
    Entry copied =
        file(
            "to",
            FileText.copied(bytes("content"), bytes("from"), source.node()),
            ManifestFlag.FILE);
    Node first = commit(Parents.NONE, Map.of(bytes("from"), source));
    Node second = commit(Parents.of(first), Map.of(bytes("to"), copied));
    Entry executable = new Entry(copied.node(), ManifestFlag.EXECUTABLE);
    Node third = commit(Parents.of(second), Map.of(bytes("to"), executable));
    ChangedPaths changed = new ChangedPaths(sink);
    List<CopySource> sources = new ArrayList<>();
    for (Node changeset : List.of(first, second, third)) {
      changed.visit(changeset, change -> sources.add(changed.copySource(change)));
    }
    assertThat(sources)
        .containsExactly(null, null, new CopySource(bytes("from"), source.node()), null);
  }

  @Test
  void malformedMetadataIsNoCopySource() throws Exception {
    ByteString text = bytes("\1\ncopy: a\n" + "x".repeat(100_000));
    Node node = NodeHasher.hash(Parents.NONE, text);
    Entry entry =
        new Entry(
            accept(RevisionKey.file(bytes("f"), node), Parents.NONE, text), ManifestFlag.FILE);
    Node changeset = commit(Parents.NONE, Map.of(bytes("f"), entry));
    ChangedPaths changed = new ChangedPaths(sink);
    changed.visit(changeset, change -> assertThat(changed.copySource(change)).isNull());
  }

  @Test
  void malformedManifestIsTheFaultOfThePeer() throws Exception {
    Node changeset = commit(Parents.NONE, bytes("no node here\n"));
    assertThatThrownBy(() -> changes(changeset)).isInstanceOf(PeerProtocolException.class);
  }

  @Test
  void missingManifestIsAnErrorOfTheSink() throws Exception {
    Node absent = Node.fromHex("ab".repeat(20));
    ByteString text =
        new ChangesetText(absent, bytes("t"), 0, 0, Map.of(), List.of(), ByteString.empty())
            .format();
    Node changeset =
        accept(RevisionKey.changeset(NodeHasher.hash(Parents.NONE, text)), Parents.NONE, text);
    assertThatThrownBy(() -> changes(changeset))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not have the manifest " + absent);
  }

  @Test
  void anyTwoManifestsAreComparedAsTheirMapsAre() throws Exception {
    Random random = new Random(5);
    String[] names = {"a", "a.b", "a/b", "a/c", "aa", "ab", "b", "b\u0001", "b/x", "é"};
    for (int round = 0; round < 100; round++) {
      Map<ByteString, Entry> before = files(random, names);
      Map<ByteString, Entry> after = files(random, names);
      Node first = commit(Parents.NONE, before);
      Node second = commit(Parents.of(first), after);
      List<PathChange> expected = new ArrayList<>();
      TreeSet<ByteString> paths = new TreeSet<>(before.keySet());
      paths.addAll(after.keySet());
      for (ByteString path : paths) {
        Entry old = before.get(path);
        Entry own = after.get(path);
        if (old == null && own != null) {
          expected.add(new PathChange(Kind.ADDED, path, Node.NULL, own.node(), own.flag()));
        } else if (own == null && old != null) {
          expected.add(new PathChange(Kind.REMOVED, path, old.node(), Node.NULL, old.flag()));
        } else if (own != null && old != null && !own.equals(old)) {
          expected.add(new PathChange(Kind.MODIFIED, path, old.node(), own.node(), own.flag()));
        }
      }
      assertThat(changes(second)).isEqualTo(expected);
    }
  }

  private static Map<ByteString, Entry> files(Random random, String... names) {
    Map<ByteString, Entry> files = new TreeMap<>();
    ManifestFlag[] flags = {ManifestFlag.FILE, ManifestFlag.EXECUTABLE, ManifestFlag.LINK};
    for (String name : names) {
      if (random.nextInt(3) > 0) {
        Node node = Node.fromHex(Integer.toString(random.nextInt(2) + 1).repeat(40));
        files.put(bytes(name), new Entry(node, flags[random.nextInt(3)]));
      }
    }
    return files;
  }
}
