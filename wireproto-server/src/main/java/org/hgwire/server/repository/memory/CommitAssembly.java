// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.FileText;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.jspecify.annotations.Nullable;

/** Builds the revisions of one commit as Mercurial does, while the repository is locked. */
final class CommitAssembly {
  private static final ByteString METADATA = ByteString.copyOf((byte) 1, (byte) '\n');
  private static final int BUFFER = 1 << 16;

  /** A revision to store once the whole commit is known to be valid. */
  private record Pending(Parents parents, RevisionContent text) {}

  private final MemoryRepository repository;
  private final MemorySnapshot snapshot;
  private final MemoryCommit commit;
  private final int parent1;
  private final int parent2;
  private final MemoryTree tree1;
  private final MemoryTree tree2;
  private final MemoryTree base;
  private final MemoryTree tree;
  private final Map<ByteString, Pending> newFiles = new TreeMap<>();
  private final List<FileChange> changes = new ArrayList<>();
  private final Node manifest;
  private final ByteString manifestText;
  private final ByteString text;
  private final Node node;

  CommitAssembly(MemoryRepository repository, MemorySnapshot snapshot, MemoryCommit commit) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.commit = commit;
    parent1 = number(commit.parent1());
    parent2 = number(commit.parent2());
    tree1 = tree(parent1);
    tree2 = tree(parent2);
    base = tree(commonAncestor());
    tree =
        parent2 < 0
            ? MemoryTree.merge(tree1, tree1, tree1, Map.of())
            : MemoryTree.merge(base, tree1, tree2, commit.changes());
    commit.changes().forEach(this::change);
    listChanges();
    manifestText = tree.format();
    manifest =
        manifestText.equals(manifestText(parent1))
            ? manifestNode(parent1)
            : NodeHasher.hash(
                new Parents(manifestNode(parent1), manifestNode(parent2)), manifestText);
    text = commit.text(manifest, changes.stream().map(FileChange::path).toList());
    node = NodeHasher.hash(new Parents(commit.parent1(), commit.parent2()), text);
  }

  Node node() {
    return node;
  }

  /** Stores the revisions and returns the changeset. */
  MemoryChangeset store() {
    int number = snapshot.count();
    newFiles.forEach(
        (path, pending) -> {
          MemoryTree.Entry entry = tree.get(path);
          if (entry != null) {
            repository
                .fileStore(path)
                .add(
                    entry.node(),
                    pending.parents().first(),
                    pending.parents().second(),
                    pending.text(),
                    number);
          }
        });
    if (!manifest.equals(manifestNode(parent1)) && !manifest.equals(manifestNode(parent2))) {
      repository
          .manifestStore()
          .add(
              manifest,
              manifestNode(parent1),
              manifestNode(parent2),
              RevisionContent.of(manifestText),
              number);
    }
    MemoryRevision changeset =
        new MemoryRevision(
            node, commit.parent1(), commit.parent2(), RevisionContent.of(text), null, number);
    return new MemoryChangeset(
        changeset, parent1, parent2, manifest, commit.branch(), List.copyOf(changes));
  }

  private int number(Node parent) {
    int number = snapshot.revision(parent);
    if (number < 0 && !parent.isNull()) {
      throw new IllegalArgumentException("there is no changeset " + parent);
    }
    return number;
  }

  private int commonAncestor() {
    if (parent1 < 0 || parent2 < 0) {
      return ChangesetIndex.NONE;
    }
    BitSet common = ancestors(parent1);
    common.and(ancestors(parent2));
    return common.length() - 1;
  }

  private BitSet ancestors(int revision) {
    BitSet found = new BitSet();
    found.set(revision);
    for (int r = revision; r >= 0; r = found.previousSetBit(r - 1)) {
      for (int parent : new int[] {snapshot.parent1(r), snapshot.parent2(r)}) {
        if (parent >= 0) {
          found.set(parent);
        }
      }
    }
    return found;
  }

  private MemoryTree tree(int changeset) {
    return MemoryTree.parse(manifestText(changeset));
  }

  private Node manifestNode(int changeset) {
    return changeset < 0 ? Node.NULL : snapshot.manifest(changeset);
  }

  private ByteString manifestText(int changeset) {
    MemoryRevision stored = repository.manifestStore().get(manifestNode(changeset));
    return stored != null && stored.text() instanceof RevisionContent.InMemory text
        ? text.bytes()
        : ByteString.empty();
  }

  private void change(ByteString path, MemoryCommit.Change change) {
    RevisionContent content = change.content();
    if (content != null) {
      tree.put(path, new MemoryTree.Entry(write(path, content, change.source()), change.flag()));
    } else if (tree1.get(path) != null || tree2.get(path) != null) {
      tree.put(path, null);
    } else {
      throw new IllegalArgumentException("cannot remove " + path + ": no parent has it");
    }
  }

  private Node write(ByteString path, RevisionContent content, @Nullable ByteString source) {
    Node first = nodeIn(tree1, path);
    Node second = nodeIn(tree2, path);
    if (source != null) {
      // In a merge, the source is on the side that has no such copy yet; the copy on the other side
      // becomes a parent.
      boolean from2 = second.isNull() && tree2.get(source) != null;
      MemoryTree.Entry from = (from2 ? tree2 : tree1).get(source);
      if (from == null) {
        throw new IllegalArgumentException("cannot copy " + source + ": no parent has it");
      }
      return writeNew(
          path,
          new Parents(Node.NULL, from2 ? first : second),
          copied(content, source, from.node()));
    }
    MemoryStore store = repository.knownFileStore(path);
    if (first.isNull() || (store != null && store.isAncestor(first, second))) {
      first = second;
      second = Node.NULL;
    } else if (first.equals(second) || (store != null && store.isAncestor(second, first))) {
      second = Node.NULL;
    }
    MemoryRevision before = store == null ? null : store.get(first);
    if (second.isNull() && before != null && sameContent(before.text(), content)) {
      return first;
    }
    return writeNew(path, new Parents(first, second), plain(content));
  }

  private static Node nodeIn(MemoryTree tree, ByteString path) {
    MemoryTree.Entry entry = tree.get(path);
    return entry == null ? Node.NULL : entry.node();
  }

  private Node writeNew(ByteString path, Parents parents, RevisionContent text) {
    newFiles.put(path, new Pending(parents, text));
    return hash(parents, text);
  }

  private static RevisionContent copied(RevisionContent content, ByteString source, Node from) {
    if (content instanceof RevisionContent.InMemory held) {
      return RevisionContent.of(FileText.copied(held.bytes(), source, from).format());
    }
    throw new IllegalArgumentException("a copy must have its content in memory");
  }

  private static RevisionContent plain(RevisionContent content) {
    if (content instanceof RevisionContent.InMemory held) {
      return RevisionContent.of(FileText.of(held.bytes()).format());
    }
    try (InputStream input = content.open()) {
      if (ByteString.copyOf(input.readNBytes(METADATA.length())).equals(METADATA)) {
        throw new IllegalArgumentException("content that begins with \\1\\n must be in memory");
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean sameContent(RevisionContent stored, RevisionContent content) {
    RevisionContent plain =
        stored instanceof RevisionContent.InMemory held
            ? RevisionContent.of(FileText.parse(held.bytes()).content())
            : stored;
    return plain.equals(content)
        || (plain.size() == content.size()
            && hash(Parents.NONE, plain).equals(hash(Parents.NONE, content)));
  }

  private static Node hash(Parents parents, RevisionContent text) {
    NodeHasher hasher = NodeHasher.of(parents);
    byte[] buffer = new byte[(int) Math.min(BUFFER, text.size() + 1)];
    long size = 0;
    try (InputStream input = text.open()) {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        hasher.update(ByteBuffer.wrap(buffer, 0, read));
        size += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (size != text.size()) {
      throw new IllegalArgumentException(
          "content of " + text.size() + " bytes has " + size + " bytes when it is read");
    }
    return hasher.finish();
  }

  /**
   * Lists what differs from both parents, as Mercurial does: a file with a new revision, a file of
   * the first parent whose flag changed, and a file that is gone, unless the other parent had
   * removed it.
   */
  private void listChanges() {
    for (ByteString path : paths()) {
      MemoryTree.Entry entry = tree.get(path);
      if (entry == null) {
        boolean inBoth = tree1.get(path) != null && tree2.get(path) != null;
        if (parent2 < 0 || inBoth || base.get(path) == null) {
          changes.add(new FileChange(path, null));
        }
      } else {
        MemoryTree.Entry own = tree1.get(path);
        if (newFiles.containsKey(path) || (own != null && own.flag() != entry.flag())) {
          changes.add(new FileChange(path, entry.node()));
        }
      }
    }
  }

  private NavigableSet<ByteString> paths() {
    NavigableSet<ByteString> paths = tree1.pathsWith(tree2);
    paths.addAll(newFiles.keySet());
    return paths;
  }
}
