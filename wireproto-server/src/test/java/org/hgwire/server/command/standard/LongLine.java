// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;

/**
 * A repository that is computed: changesets in a line, each of which changes a file of its own and
 * has the same manifest. It counts what is looked at.
 */
public final class LongLine implements Repository, RepositorySnapshot, ChangesetIndex {
  private static final Node MANIFEST = new Node(1, 1, 1);
  private static final int ENTRIES = 1000;
  private static final byte[] TEXT =
      IntStream.range(0, ENTRIES)
          .mapToObj(i -> "f%04d\0%040x\n".formatted(i, i + 1))
          .reduce("", String::concat)
          .getBytes(StandardCharsets.UTF_8);

  private final int count;
  private final int bookmarks;
  private long looks;
  private boolean open;

  /** Makes a repository of {@code count} changesets, the last of which have bookmarks. */
  public LongLine(int count, int bookmarks) {
    this.count = count;
    this.bookmarks = bookmarks;
  }

  /** Returns how many changesets, files and entries of manifests were looked at. */
  public long looks() {
    return looks;
  }

  /** Returns whether the snapshot is open. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public RepositorySnapshot snapshot() {
    open = true;
    return this;
  }

  @Override
  public ChangesetIndex changesets() {
    return this;
  }

  @Override
  public RevisionStore manifests(ByteString tree) {
    return new RevisionStore() {
      @Override
      public StoredRevision find(Node node) {
        looks++;
        return new Revision(node, TEXT);
      }

      @Override
      public boolean recordsEveryLink() {
        return false;
      }
    };
  }

  @Override
  public RevisionStore file(ByteString path) {
    return node -> {
      looks++;
      return new Revision(node, new byte[10]);
    };
  }

  @Override
  public List<FileChange> changes(int revision) {
    looks++;
    return List.of(new FileChange(ByteString.utf8("f" + revision), new Node(revision, 3, 3)));
  }

  @Override
  public List<ByteString> files(int revision) {
    looks++;
    return List.of(ByteString.utf8("f" + revision));
  }

  @Override
  public Map<ByteString, Node> bookmarks() {
    Map<ByteString, Node> all = new HashMap<>();
    for (int i = 1; i <= bookmarks; i++) {
      all.put(ByteString.utf8("b" + i), nodeOf(count - i));
    }
    return all;
  }

  @Override
  public boolean publishing() {
    return false;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Node node(int revision) {
    looks++;
    return nodeOf(revision);
  }

  private static Node nodeOf(int revision) {
    return new Node(0x1234_5678_0000_0000L + revision, 2, 2);
  }

  @Override
  public int revision(Node node) {
    looks++;
    long revision = node.high() - 0x1234_5678_0000_0000L;
    return node.middle() == 2 && revision >= 0 && revision < count ? (int) revision : NONE;
  }

  @Override
  public int parent1(int revision) {
    looks++;
    return revision - 1;
  }

  @Override
  public int parent2(int revision) {
    return NONE;
  }

  @Override
  public Phase phase(int revision) {
    looks++;
    return revision < count / 2 ? Phase.PUBLIC : Phase.DRAFT;
  }

  @Override
  public Node manifest(int revision) {
    looks++;
    return MANIFEST;
  }

  @Override
  public ByteString branch(int revision) {
    looks++;
    return ByteString.utf8("branch" + revision % 100);
  }

  @Override
  public boolean closesBranch(int revision) {
    looks++;
    return true;
  }

  @Override
  public StoredRevision text(int revision) {
    looks++;
    return new Revision(node(revision), new byte[10]);
  }

  /** A revision that was introduced by many changesets. */
  private final class Revision implements StoredRevision {
    private final Node node;
    private final byte[] text;

    Revision(Node node, byte[] text) {
      this.node = node;
      this.text = text;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public Node parent1() {
      return Node.NULL;
    }

    @Override
    public Node parent2() {
      return Node.NULL;
    }

    @Override
    public IntStream links() {
      return IntStream.range(0, count).peek(link -> looks++);
    }

    @Override
    public long size() {
      return text.length;
    }

    @Override
    public InputStream open() {
      looks += text.length / (TEXT.length / ENTRIES);
      return new ByteArrayInputStream(text);
    }
  }
}
