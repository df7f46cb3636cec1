// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaitingChangesetsTest {
  @TempDir Path directory;

  private record Text(ByteString bytes, long length) implements RevisionText {
    Text(ByteString bytes) {
      this(bytes, bytes.length());
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  private Path path() {
    return directory.resolve("waiting");
  }

  private WaitingChangesets open() throws IOException {
    return new WaitingChangesets(
        path(),
        FileChannel.open(
            path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private static ByteString text(int number) {
    return ByteString.utf8("changeset " + number + " " + "x".repeat(number % 300));
  }

  /** Adds a line of changesets, of which each third has the one before the last as parent, too. */
  private static List<Node> add(WaitingChangesets changesets, int count) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Parents parents =
          i == 0
              ? Parents.NONE
              : i > 2 && i % 3 == 0
                  ? new Parents(nodes.get(i - 1), nodes.get(i - 2))
                  : Parents.of(nodes.get(i - 1));
      Node node = NodeHasher.hash(parents, text(i));
      changesets.add(node, parents, new Text(text(i)));
      nodes.add(node);
    }
    return nodes;
  }

  private static void requireAll(WaitingChangesets changesets, List<Node> nodes)
      throws IOException {
    assertThat(changesets.count()).isEqualTo(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      assertThat(changesets.find(nodes.get(i))).isEqualTo(i);
      assertThat(changesets.node(i)).isEqualTo(nodes.get(i));
      assertThat(changesets.text(i).readAll()).isEqualTo(text(i));
      Parents parents = changesets.parents(i);
      assertThat(NodeHasher.hash(parents, text(i))).isEqualTo(nodes.get(i));
    }
    assertThat(changesets.find(Node.NULL)).isEqualTo(-1);
  }

  @Test
  void whatWasAddedIsFoundAndKept() throws IOException {
    List<Node> nodes;
    try (WaitingChangesets changesets = open()) {
      nodes = add(changesets, 5_000);
      requireAll(changesets, nodes);
      assertThat(changesets.heads()).containsExactly(nodes.get(4_999));
      Node root = NodeHasher.hash(Parents.NONE, text(5_000));
      changesets.add(root, Parents.NONE, new Text(text(5_000)));
      assertThat(changesets.heads()).containsExactly(nodes.get(4_999), root);
    }
    try (WaitingChangesets changesets = open()) {
      assertThat(changesets.count()).isEqualTo(5_001);
      assertThat(changesets.bytes()).isEqualTo(Files.size(path()));
    }
  }

  @Test
  void truncationKeepsTheFirst() throws IOException {
    try (WaitingChangesets changesets = open()) {
      List<Node> nodes = add(changesets, 10);
      changesets.truncate(4);
      requireAll(changesets, nodes.subList(0, 4));
      assertThat(changesets.heads()).containsExactly(nodes.get(3));
      assertThat(changesets.find(nodes.get(4))).isEqualTo(-1);
      changesets.truncate(0);
      assertThat(changesets.count()).isZero();
      requireAll(changesets, add(changesets, 5));
    }
  }

  @Test
  void incompleteEndIsDropped() throws IOException {
    List<Node> nodes;
    long before;
    try (WaitingChangesets changesets = open()) {
      nodes = add(changesets, 10);
      before = changesets.bytes();
      Node last = NodeHasher.hash(Parents.NONE, text(200));
      changesets.add(last, Parents.NONE, new Text(text(200)));
    }
    byte[] whole = Files.readAllBytes(path());
    for (int length = (int) before; length < whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      try (WaitingChangesets changesets = open()) {
        requireAll(changesets, nodes);
      }
      assertThat(Files.size(path())).isEqualTo(before);
    }
  }

  @Test
  void damageDropsWhatFollows() throws IOException {
    List<Node> nodes;
    long kept;
    try (WaitingChangesets changesets = open()) {
      nodes = new ArrayList<>(add(changesets, 7));
      kept = changesets.bytes();
      Node next = NodeHasher.hash(Parents.NONE, text(50));
      changesets.add(next, Parents.NONE, new Text(text(50)));
      changesets.write();
    }
    try (FileChannel file = FileChannel.open(path(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {'?'}), kept + 70);
    }
    try (WaitingChangesets changesets = open()) {
      requireAll(changesets, nodes);
    }
  }

  @Test
  void textThatEndsTooSoonIsNotAdded() throws IOException {
    try (WaitingChangesets changesets = open()) {
      List<Node> nodes = add(changesets, 3);
      assertThatThrownBy(() -> changesets.add(Node.NULL, Parents.NONE, new Text(text(1), 1 << 20)))
          .isInstanceOf(IOException.class);
      requireAll(changesets, nodes);
      assertThat(changesets.find(Node.NULL)).isEqualTo(-1);
      Node next = NodeHasher.hash(Parents.of(nodes.get(2)), text(3));
      changesets.add(next, Parents.of(nodes.get(2)), new Text(text(3)));
      assertThat(changesets.text(3).readAll()).isEqualTo(text(3));
    }
  }
}
